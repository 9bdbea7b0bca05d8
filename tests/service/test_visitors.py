"""Tokens of visitors: signed, bound to a site, renewed, and old at last."""

import time

import pytest

from service import visitors
from service.visitors import TokenRefused, Visitors


def test_a_token_says_which_visitor_it_is_on_its_site_alone():
    made = Visitors(b"secret")
    token = made.issue("guizhou")
    assert made.visitor(token, "guizhou") == made.visitor(token, "guizhou")
    with pytest.raises(TokenRefused, match="of another site"):
        made.visitor(token, "another")


def test_two_visitors_are_two():
    made = Visitors(b"secret")
    assert made.visitor(made.issue("guizhou"), "guizhou") != made.visitor(made.issue("guizhou"), "guizhou")


def test_a_renewed_token_is_of_the_same_visitor_but_not_on_another_site():
    made = Visitors(b"secret")
    token = made.issue("guizhou")
    assert made.visitor(made.issue("guizhou", token), "guizhou") == made.visitor(token, "guizhou")
    assert made.visitor(made.issue("another", token), "another") != made.visitor(token, "guizhou")


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
def test_what_is_no_token_is_refused_with_the_cure(token):
    with pytest.raises(TokenRefused, match="POST /v1/visits"):
        Visitors(b"secret").visitor(token, "guizhou")


def test_a_token_signed_elsewhere_or_changed_is_refused():
    token = Visitors(b"another").issue("guizhou")
    made = Visitors(b"secret")
    for forged in (token, made.issue("guizhou")[:-1]):
        with pytest.raises(TokenRefused):
            made.visitor(forged, "guizhou")


@pytest.mark.parametrize(("seconds", "same"), [(16 * 60, True), (25 * 3600, False)])
def test_an_old_token_asks_nothing_and_is_renewed_for_a_day(monkeypatch, seconds, same):
    made = Visitors(b"secret")
    token = made.issue("guizhou")
    visitor = made.visitor(token, "guizhou")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + seconds)
    with pytest.raises(TokenRefused, match="too old"):
        made.visitor(token, "guizhou")
    assert (made.visitor(made.issue("guizhou", token), "guizhou") == visitor) is same


def test_a_token_lasts_a_quarter_of_an_hour():
    assert visitors.SECONDS == 900


def test_a_visit_that_is_renewed_again_and_again_ends_after_a_day(monkeypatch):
    made, now = Visitors(b"secret"), time.time()
    first = token = made.issue("guizhou")
    visitors_of = []
    for hours in (10, 20, 30):
        monkeypatch.setattr(time, "time", lambda hours=hours: now + hours * 3600)
        token = made.issue("guizhou", token)
        visitors_of.append(made.visitor(token, "guizhou"))
    monkeypatch.setattr(time, "time", lambda: now)
    assert [one == made.visitor(first, "guizhou") for one in visitors_of] == [True, True, False]
