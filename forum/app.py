"""The application factory: configuration, extensions, features, commands; nothing else."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask_babel import Babel
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from forum import cli, config
from forum.accounts import sessions
from forum.attachments.kinds import MAX_FILE_BYTES, MAX_FILES_PER_LETTER
from forum.core import assets, problems, templating, web
from forum.core.db import Base, db, prepare
from forum.core.glance import glance
from forum.core.storage import storage_at
from forum.letters import categories
from forum.pages import cache

ROOT = Path(__file__).resolve().parent.parent
FEATURES = (
    "accounts",
    "merchants",
    "team",
    "attachments",
    "letters",
    "responses",
    "handover",
    "crowds",
    "comments",
    "reply",
    "moderation",
    "redactions",
    "contests",
    "orders",
    "people",
    "appeals",
    "legal",
    "search",
    "statistics",
    "desk",
    "privacy",
    "notifications",
    "receipts",
    "opendata",
    "ledger",
    "webhooks",
    "pages",
    "console",
    "api",
)
CORE_TABLES = ("forum.core.limits", "forum.core.mail", "forum.core.parking", "forum.core.steering", "forum.letters.category_rows")
LARGEST_REQUEST_BYTES = MAX_FILES_PER_LETTER * MAX_FILE_BYTES + 10 * 1024**2  # a letter with all its files in one form
CATEGORY = "SELECT id FROM category WHERE key = ?"
LARGEST_FIELDS_BYTES = 1024**2
MOST_FIELDS = 500
CONNECT_SECONDS = 3  # a database host that keeps silent is told as one that is away
STATIC_SECONDS = 10 * 365 * 24 * 3600


def create_app(settings: config.Settings | None = None) -> Flask:
    """Build the site; raises BadSetting when the environment is wrong."""
    settings = settings or config.Settings.from_environment()
    _check_categories(settings)
    config.activate(settings)
    app = Flask("forum", root_path=str(ROOT / "forum"), template_folder=str(ROOT / "templates"), static_folder=None)
    _configure(app, settings)
    _extend(app, settings)
    for table in CORE_TABLES:
        import_module(table)
    for part in ("models", "reactions", "jobs"):
        for feature in FEATURES:
            _optional(f"forum.{feature}.{part}")
    for feature in FEATURES:
        views = import_module(f"forum.{feature}.views")
        app.register_blueprint(views.bp)
    app.config["OPEN_TO_OTHERS"] = {
        name for name, view in app.view_functions.items() if getattr(view, "open_to_others", False)
    }
    cli.init_app(app)
    _wrap(app, settings)
    return app


def _check_categories(settings: config.Settings) -> None:
    known = {one.key for one in categories.STARTING}
    rows = glance(settings.database_url)
    unknown = [key for key, _days in settings.category_days if key not in known and rows.at(CATEGORY, key) is None]
    if unknown:
        raise config.BadSetting(f"FORUM_CATEGORY_DAYS names no category: {', '.join(unknown)}; there are {', '.join(sorted(known))}")


def _optional(name: str) -> None:
    try:
        import_module(name)
    except ModuleNotFoundError as problem:
        if problem.name != name:
            raise


def _configure(app: Flask, settings: config.Settings) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url.replace("postgresql://", "postgresql+psycopg://", 1),
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=LARGEST_FIELDS_BYTES,
        MAX_FORM_PARTS=MOST_FIELDS,
        SESSION_COOKIE_NAME="__Host-notice" if settings.secure else "notice",  # holds flash messages only
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=1),
        TESTING=settings.environment == "test",
        PROPAGATE_EXCEPTIONS=False,
        BABEL_DEFAULT_LOCALE=settings.languages[0],
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "forum" / "translations"),
        MAIN_SITE_URL=settings.site_url,
        TRUSTED_HOSTS=_hosts(settings),
    )


def _engine_options(settings: config.Settings) -> dict[str, Any]:
    options: dict[str, Any] = {"pool_pre_ping": False, "hide_parameters": True}  # or the log holds them
    if settings.database_url.startswith("postgresql"):
        options["connect_args"] = {"connect_timeout": CONNECT_SECONDS}
    return options


def _hosts(settings: config.Settings) -> list[str] | None:
    if settings.environment != "production":
        return None
    return [urlsplit(settings.site_url).hostname or "", "127.0.0.1", "localhost"]


def _extend(app: Flask, settings: config.Settings) -> None:
    db.init_app(app)
    db.metadatas[None] = Base.metadata
    with app.app_context():
        prepare(db.engine)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    Babel(app, locale_selector=web.language)
    app.extensions["storage"] = storage_at(settings.storage, settings.data_dir / "scratch")
    app.extensions["assets"] = assets.Assets(assets.build(ROOT / "static", settings.data_dir / "static"))
    web.init_app(app)
    problems.init_app(app)
    templating.init_app(app)
    sessions.init_app(app)


def _static_headers(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def _wrap(app: Flask, settings: config.Settings) -> None:
    served: Any = cache.PageCache(app, app.wsgi_app, seconds=settings.page_cache_seconds if settings.page_cache else 0)
    served = WhiteNoise(
        served,
        root=str(settings.data_dir / "static"),
        prefix="static/",
        max_age=STATIC_SECONDS,
        allow_all_origins=False,
        autorefresh=False,
        add_headers_function=_static_headers,
        mimetypes={"ahead.json": "application/speculationrules+json"},
    )
    if settings.proxy_hops:
        hops = settings.proxy_hops
        served = ProxyFix(served, x_for=hops, x_proto=hops, x_host=hops)
    app.wsgi_app = served  # type: ignore[method-assign]
