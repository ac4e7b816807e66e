"""All parts of the look on one page, for people who build pages."""

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.config import settings
from forum.core.errors import Missing
from forum.pages.specimens import SpecimenForm, sample
from forum.pages.views import bp


@bp.route("/styleguide")
def styleguide() -> ResponseReturnValue:
    if settings().environment == "production":
        raise Missing
    form = SpecimenForm(data={"title": "Abc", "body": "Tolong hubungi saya di 081234567890 ya."})
    form.validate()
    return render_template("styleguide.html", sample=sample(), form=form)
