"""Pages of orders: the desk's, those of the people concerned, and where authorities send them."""

from flask import Blueprint

from forum.orders import words

bp = Blueprint("orders", __name__)
bp.add_app_template_filter(words.reason_words, "order_reason")

from forum.orders.views import desk, public  # noqa: E402  the routes need `bp`

__all__ = ["bp", "desk", "public"]
