"""Text -> terms: one word, one number, one term, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lexical import analyse, index_terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("29,480,000", "29480000"),
        ("1,250 goats", "1250 goat"),
        ("1,234.5", "1234.5"),
        ("programme", "program"),
        ("programmes", "programs"),
        ("organisation", "organization"),
        ("labour", "labor"),
        ("organise", "organize"),
        ("organised", "organizing"),
        ("analysed", "analyzed"),
        ("behavioural", "behavioral"),
        ("colours", "color"),
        ("neighbour", "neighbor"),
        ("travelled", "traveled"),
        ("fibre", "fiber"),
        ("raising", "raise"),
        ("supervised", "supervise"),
        ("centres", "center"),
        ("favourable", "favorable"),
        ("households", "household"),
        ("registered", "registering"),
        ("Village's", "village"),
        ("women’s", "women"),
        ("ﬁve", "five"),
        ("INDONESIA", "Indonesia"),
        ("Bolsa Família", "Bolsa Familia"),
        ("2016–2020", "2016 2020"),
        ("COVID-19", "covid 19"),
        ("cash-transfer", "cash transfer"),
    ],
)
def test_two_spellings_are_one_term(one, other):
    assert analyse(one) == analyse(other) != []


@pytest.mark.parametrize(("one", "other"), [("1,5", "15"), ("3.5", "35"), ("2016", "2017"), ("29,480", "29"), ("goat", "boat")])
def test_two_things_are_two_terms(one, other):
    assert analyse(one) != analyse(other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "chèvres", "chèvre"),
        ("es", "cabras", "cabra"),
        ("pt", "cabras", "cabra"),
        ("ru", "козы", "коза"),
        ("id", "bukunya", "buku"),
    ],
)
def test_words_are_stemmed_in_their_own_language(language, one, other):
    assert analyse(one, language) == analyse(other, language)


def test_a_language_without_a_stemmer_still_has_terms():
    assert analyse("贫困县 2016", "zh") == ["贫困县", "2016"]


def test_a_text_of_another_language_has_the_english_terms_beside_its_own():
    assert index_terms("Honduras", "es") == [*analyse("Honduras", "es"), *analyse("Honduras")] == ["hondur", "hondura"]
    assert index_terms("goats in Honduras", "en") == analyse("goats in Honduras")
    assert index_terms("2016", "es") == ["2016"]


@given(text=st.text(max_size=100))
def test_any_text_has_terms_without_white_space(text):
    terms = analyse(text)
    assert [term for term in terms if not term or term.split() != [term]] == []


@given(text=st.text(max_size=100))
def test_case_does_not_change_the_terms_of_latin_text(text):
    latin = text.encode("ascii", "ignore").decode()
    assert analyse(latin.upper()) == analyse(latin.lower())
