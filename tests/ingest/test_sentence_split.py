"""Text -> sentences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import split_sentences


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "Goats pay. Do they? Yes!", ["Goats pay.", "Do they?", "Yes!"]),
        ("en", "It rose by 3.5 per cent, Dr. Lee says. Goats paid.", ["It rose by 3.5 per cent, Dr. Lee says.", "Goats paid."]),
        ("fr", "Les chèvres rapportent. On le dit.", ["Les chèvres rapportent.", "On le dit."]),
        ("zh", "山羊很多。收入增加了。", ["山羊很多。", "收入增加了。"]),
        ("ar", "هل الماعز مفيد؟ نعم.", ["هل الماعز مفيد؟", "نعم."]),
        ("xx", "Goats pay. They do.", ["Goats pay.", "They do."]),
        ("en", " \n ", []),
        ("en", "", []),
    ],
)
def test_a_text_is_split_at_its_sentences(language, text, sentences):
    assert [text[one.start : one.end] for one in split_sentences(text, language)] == sentences


@given(text=st.text(max_size=200), language=st.sampled_from(["en", "fr", "es", "ar", "ru", "zh", "sw", "id", "pt"]))
def test_sentences_hold_the_whole_text_in_order_and_trimmed(text, language):
    sentences = split_sentences(text, language)
    pieces = [text[one.start : one.end] for one in sentences]
    assert all(piece == piece.strip() and piece for piece in pieces)
    assert all(before.end <= after.start for before, after in pairwise(sentences))
    assert "".join("".join(pieces).split()) == "".join(text.split())
