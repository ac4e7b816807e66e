"""How large a business is here; the count comes from the room of letters, which stands above this one."""

from collections.abc import Callable

from forum.config import settings

Counter = Callable[[int], int]
_counters: list[Counter] = []


def counts_letters(counter: Counter) -> Counter:
    """Make this the function that counts the published letters about a business."""
    _counters[:] = [counter]
    return counter


def letters_about(merchant_id: int) -> int:
    """Return how many published letters are about the business; 0 where no room counts them."""
    return _counters[0](merchant_id) if _counters else 0


def needs_two_moderators(merchant_id: int) -> bool:
    """Whether so many letters are about the business that who speaks for it is looked at by two moderators."""
    return letters_about(merchant_id) > settings().two_moderators_letters
