"""A name that is asked about is told by its words: a demonym names its country, and a stem alone names nothing."""

import threading
from dataclasses import replace

import pytest

from ingest.lexical import analyse, forms, plain_words

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


def test_a_name_is_found_in_a_document_of_another_language(library, document, prepare):
    spanish = replace(document("eph", "Los hogares de Honduras fueron entrevistados."), language="es")
    library.publish([prepare(spanish)])
    assert library.naming("Honduras", ["public"]) == {"eph"}
    assert library.naming("Honduran", ["public"]) == {"eph"}
    assert library.frequency(*analyse("Honduras")) == 1


def test_a_name_leaves_a_collection_with_its_document(library, document, prepare):
    goats = document("goats", "Goats were given in Ponorogo.")
    library.publish([prepare(goats)])
    assert library.naming("Ponorogo", ["public"]) == {"goats"}
    library.publish([prepare(replace(goats, collection="desk"))])
    assert library.naming("Ponorogo", ["public"]) == frozenset()


def test_names_are_told_while_the_memory_of_names_is_emptied(library, document, prepare):
    """It is emptied when it is full, also by another thread between an answer and its giving back."""
    library.publish([prepare(document("goats", "Goats were given in Ponorogo."))])
    over = threading.Event()

    def empty():
        while not over.is_set():
            library._named.clear()

    other = threading.Thread(target=empty)
    other.start()
    try:
        assert {library.naming("Ponorogo", ["public"]) for _ in range(3000)} == {frozenset({"goats"})}
    finally:
        over.set()
        other.join()
