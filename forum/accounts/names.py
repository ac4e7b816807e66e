"""The name a person goes by: as it is stored, and what other rooms do not let them take."""

from collections.abc import Callable

from forum.accounts.addresses import normal_name
from forum.accounts.models import Guest, Visitor

Rule = Callable[[str, Visitor], None]
RULES: list[Rule] = []


def name_rule(rule: Rule) -> Rule:
    """Ask this rule of every name that a person takes; it raises Invalid at the field `name`."""
    RULES.append(rule)
    return rule


def own_name(typed: str, by: Visitor | None = None) -> str:
    """Return the name as it is stored; raises Invalid as `normal_name` and the rules of other rooms do."""
    name = normal_name(typed)
    for rule in RULES:
        rule(name, by or Guest())
    return name
