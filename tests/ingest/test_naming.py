"""A name that is asked about is told by its words: a demonym names its country, and a stem alone names nothing."""

import pytest

from ingest.lexical import forms, plain_words

COUNTRIES = ["Indonesia", "Rwanda", "India", "South Korea", "China", "Togo", "Morocco", "Mexico", "France", "Brazil", "Kenya"]
DEMONYMS = [
    ("Indonesian", "Indonesia"),
    ("Rwandan", "Rwanda"),
    ("Indian", "India"),
    ("South Korean", "South Korea"),
    ("Chinese", "China"),
    ("Togolese", "Togo"),
    ("Moroccan", "Morocco"),
    ("Mexican", "Mexico"),
    ("French", "France"),
    ("Brazilian", "Brazil"),
    ("Kenya’s", "Kenya"),
    ("KENYAN", "Kenya"),
]


@pytest.fixture
def atlas(library, document, prepare):
    """One document for each country."""
    library.publish([prepare(document(name, f"Villages of {name} kept goats.", title="Goats")) for name in COUNTRIES])
    return library


def test_a_demonym_names_its_country_and_no_other(atlas):
    found = {name: atlas.naming(f"{name} villages", ["public"]) for name, _ in DEMONYMS}
    assert found == {name: {country} for name, country in DEMONYMS}


@pytest.mark.parametrize("name", ["Peruvian", "Peru", "francs", "human", "Kenyon", "Chin", "Togolese zebras"])
def test_what_no_document_names_is_not_found(atlas, name):
    assert atlas.naming(name, ["public"]) == frozenset()


def test_what_is_published_later_is_named_at_once(atlas, document, prepare):
    assert atlas.naming("Peruvian", ["public"]) == frozenset()
    atlas.publish([prepare(document("Peru", "Villages of Peru kept goats."))])
    assert atlas.naming("Peruvian", ["public"]) == {"Peru"}
    atlas.withdraw(["Peru"])
    assert atlas.naming("Peruvian", ["public"]) == frozenset()


@pytest.mark.parametrize(
    ("text", "words"),
    [("Village Funds", ["village", "fund"]), ("Lula's", ["lula"]), ("Família", ["familia"]), ("G20 class", ["g20", "class"])],
)
def test_plain_words_lose_case_accent_possessive_and_plural(text, words):
    assert plain_words(text) == words


def test_a_word_that_is_no_demonym_has_one_form():
    assert (forms("goat"), forms("ten"), forms("chinese")) == (["goat"], ["ten"], ["chinese", "china"])
