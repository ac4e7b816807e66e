"""Whether the site lives and is ready, for machines."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from forum.pages import checks
from forum.pages.views import bp


@bp.route("/health/live")
def live() -> ResponseReturnValue:
    return jsonify(live=True)


@bp.route("/health/ready")
def ready() -> ResponseReturnValue:
    found = {
        "database": checks.database(),
        "migrations": False,
        "worker": False,
        "disk": checks.disk(),
        "storage": checks.storage(),
    }
    if found["database"]:
        found["migrations"], found["worker"] = checks.migrations(), checks.worker()
    well = all(found.values())
    return jsonify(ready=well, checks=found), 200 if well else 503
