"""Turns to write: of many who wait for something stuck, some are told at once."""

import threading

import pytest

from forum.core.db import WRITERS_AT_ONCE
from forum.core.turns import NoTurn, Turns
from forum.serve.web import BLOCKING_THREADS


def hold(turns: Turns, release: threading.Event) -> threading.Thread:
    """Another thread that holds a turn until it is released."""
    taken = threading.Event()

    def run() -> None:
        with turns.taken():
            taken.set()
            release.wait(10)

    thread = threading.Thread(target=run)
    thread.start()
    assert taken.wait(10)
    return thread


def test_a_thread_is_left_to_read_with():
    assert WRITERS_AT_ONCE < BLOCKING_THREADS


def test_who_finds_no_turn_waits_for_one():
    turns, release = Turns(1, stuck_seconds=10), threading.Event()
    holder = hold(turns, release)
    threading.Timer(0.1, release.set).start()
    with turns.taken():
        holder.join()


def test_but_not_for_one_who_is_stuck():
    turns, release = Turns(2, stuck_seconds=0.1), threading.Event()
    holders = [hold(turns, release) for _ in range(2)]
    for _ in range(2):
        with pytest.raises(NoTurn), turns.taken():
            pass
    release.set()
    for holder in holders:
        holder.join()


def test_nor_without_patience():
    turns, release = Turns(1, stuck_seconds=10), threading.Event()
    holder = hold(turns, release)
    with pytest.raises(NoTurn), turns.taken(patient=False):
        pass
    release.set()
    holder.join()
