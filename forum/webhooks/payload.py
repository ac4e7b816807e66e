"""What a message says: that something happened in a case, by numbers and states; never a text, a name or a private detail."""

import json
from datetime import datetime
from typing import Any

from forum.config import settings


def written(type_: str, at: datetime, data: dict[str, Any]) -> str:
    """Return the JSON text of a message: `type`, `timestamp` (ISO 8601, UTC) and `data`."""
    message = {"type": type_, "timestamp": at.isoformat(), "data": data}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def of_case(row: Any) -> dict[str, Any]:
    """Return what is told of a case; `row` holds case_id, letter_id, slug, publication, response and outcome."""
    return {
        "case_id": row.case_id,
        "letter_id": row.letter_id,
        "business": row.slug,
        "publication": row.publication.value,
        "response": row.response.value,
        "outcome": row.outcome.value,
        "url": f"{settings().site_url}/letters/{row.letter_id}",
    }
