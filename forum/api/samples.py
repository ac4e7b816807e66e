"""Examples for the page about the interface: commands and messages, the same in every language."""

from typing import Final

READ: Final = 'curl -H "Authorization: Bearer sp_…" {site}/api/v1/cases?response=awaiting'
ANSWER: Final = """curl -X POST -H "Authorization: Bearer sp_…" \\
  -H "Idempotency-Key: 7c1f-2291" -H "Content-Type: application/json" \\
  -d '{"seen": 3, "text": "…", "remedy": "refund", "how": {"amount": 105000}, "signatory": "Bima", "job_title": "Manajer"}' \\
  {site}/api/v1/cases/12/responses"""
MESSAGE: Final = """{"type": "case.answered", "timestamp": "2026-05-12T03:04:05+00:00",
 "data": {"case_id": 12, "letter_id": 7, "business": "toko-melati", "publication": "published",
          "response": "answered", "outcome": "none", "url": "{site}/letters/7"}}"""


def samples(site: str) -> dict[str, str]:
    """Return the examples for the site of this address."""
    return {name: text.replace("{site}", site) for name, text in (("read", READ), ("answer", ANSWER), ("message", MESSAGE))}
