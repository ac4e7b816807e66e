"""Every kind of event is a row of the public ledger or is named as none; every value that can stand in a row has words."""

from collections import Counter

import pytest

from forum.core.events import Kind
from forum.ledger import words
from forum.ledger.lifecycle import GROUPS, Act, AskedBy, Group, Outcome, Why
from forum.ledger.reasons import list_of
from forum.ledger.registry import ABSENT, CORRECTS, ROWS, Absent


@pytest.mark.pure
def test_every_kind_is_in_the_ledger_or_named_as_not() -> None:
    named = Counter([*ROWS, CORRECTS, *(kind for kinds in ABSENT.values() for kind in kinds)])
    assert set(Kind) - set(named) == set(), "say in forum/ledger/registry.py which row they become, or why none"
    assert [kind for kind, times in named.items() if times > 1] == []
    assert set(ABSENT) == set(Absent)


@pytest.mark.pure
def test_every_act_stands_in_one_group() -> None:
    assert Counter(act for acts in GROUPS.values() for act in acts) == Counter(Act)


@pytest.mark.pure
def test_every_value_has_words() -> None:
    for values, known in (
        (Act, words.ACTS), (AskedBy, words.ASKED_BY), (Outcome, words.OUTCOMES), (Why, words.WHYS), (Group, words.GROUPS),
    ):  # fmt: skip
        assert set(known) == set(values)
    for act in Act:
        kind = list_of(act)
        assert set(words.BY_LIST[kind]) == set(kind)
