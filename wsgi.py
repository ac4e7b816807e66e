"""The WSGI entry: `granian --interface wsgi wsgi:app`, `flask --app wsgi …`."""

from forum.app import create_app

app = create_app()
