"""A portal's colour, made readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.colours import PAPER, contrast, readable


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the usual example of just too little


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_can_be_read_and_read_upon(number):
    for scheme, (accent, text) in readable(f"#{number:06x}").items():
        assert contrast(accent, PAPER[scheme]) >= 4.5
        assert contrast(text, accent) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert readable("#0b5c4c")["light"] == ["#0b5c4c", "#ffffff"]
    assert readable("#FC0")["dark"][0] == "#ffcc00"


@pytest.mark.parametrize("text", ["", "yellow", "#12", "#12345", "#1234567", "url(x)", "#00000g", "red;}"])
def test_what_is_no_colour_is_none(text):
    assert readable(text) is None
