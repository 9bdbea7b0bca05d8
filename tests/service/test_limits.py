"""How often one may ask."""

import itertools
import time

import pytest

from service.limits import Counters, LimitReached, network
from service.sites import Limits

USUAL = Limits()


NUMBER = itertools.count()


def ask(counters, limits=USUAL, visitor="v", address="10.0.0.1", site="guizhou", text=None):
    counters.question(site, limits, visitor, address, text or f"Question {next(NUMBER)}?")


def test_the_eleventh_question_of_a_visitor_has_to_wait_up_to_ten_minutes():
    counters = Counters()
    for _ in range(10):
        ask(counters)
    with pytest.raises(LimitReached) as reached:
        ask(counters)
    assert reached.value.code == "visitor_limit"
    assert 590 <= reached.value.seconds <= 600
    ask(counters, visitor="another")
    ask(counters, site="another")


def test_the_sixty_first_question_from_an_address_has_to_wait_whoever_asks():
    counters = Counters()
    for number in range(60):
        ask(counters, visitor=str(number))
    with pytest.raises(LimitReached) as reached:
        ask(counters, visitor="new")
    assert reached.value.code == "address_limit"
    assert 3590 <= reached.value.seconds <= 3600
    ask(counters, visitor="new", address="10.0.0.2")


def test_a_site_has_a_budget_for_a_day():
    counters, limits = Counters(), Limits(daily=2)
    for number in range(2):
        ask(counters, limits, visitor=str(number), address=f"10.0.0.{number}")
    with pytest.raises(LimitReached) as reached:
        ask(counters, limits, visitor="new", address="10.0.1.1")
    assert (reached.value.code, reached.value.seconds > 86_000) == ("day_limit", True)


def test_a_question_that_is_refused_counts_nowhere():
    counters, limits = Counters(), Limits(questions=1, hourly=2)
    ask(counters, limits)
    for _ in range(5):
        with pytest.raises(LimitReached, match="visitor_limit"):
            ask(counters, limits)
    ask(counters, limits, visitor="another")
    with pytest.raises(LimitReached, match="address_limit"):
        ask(counters, limits, visitor="a third")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2ff:3:4:5:6", "2001:db8:1:200::/56"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("a socket", "a socket"),
        ("", ""),
    ],
)
def test_an_address_counts_with_the_household_that_it_belongs_to(address, counted):
    assert network(address) == counted


def test_the_same_question_again_after_a_broken_line_is_counted_once_and_only_once():
    counters, limits = Counters(), Limits(questions=2)
    ask(counters, limits, text="Cash?")
    ask(counters, limits, text="Cash?")
    ask(counters, limits, text="Cash?")
    with pytest.raises(LimitReached):
        ask(counters, limits, text="Goats?")


def test_what_no_limit_counts_any_more_is_forgotten_and_an_address_never_stands_there(monkeypatch):
    counters = Counters()
    ask(counters, address="203.0.113.7")
    assert len(counters) == 3
    assert "203.0.113.7" not in repr(vars(counters)) + repr(counters._storage.events)
    counters.forget()
    assert len(counters) == 3
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3700)
    counters.forget()
    assert len(counters) == 1  # the day's
    monkeypatch.setattr(time, "time", lambda: now + 90_000)
    counters.forget()
    assert len(counters) == 0
