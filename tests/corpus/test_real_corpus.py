"""The corpus that is shipped: its briefs, its sources, its lists."""

import re

import pytest

from corpus import CORPUS
from corpus.brief import read_brief
from corpus.check import check_corpus
from corpus.figures import LANGUAGES
from corpus.glossary import OTHERS
from corpus.lists import DEMONYMS, LISTS, country_codes, country_name, labels, suggested
from corpus.sources import read_sources

WORD_LISTS = ("kinds", "methods", "voices", "checked", "themes", "settings")
BRIEFS = sorted((CORPUS / "briefs").glob("*.md"))


def test_the_corpus_has_no_problems():
    assert [str(problem) for problem in check_corpus(CORPUS)] == []


def test_the_corpus_holds_briefs_and_sources():
    assert BRIEFS
    assert len(read_sources(CORPUS / "sources.json")) >= len(BRIEFS)


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_no_quote_of_the_corpus_holds_a_citation_mark(path):
    texts = [sentence.text for section in read_brief(path).sections for sentence in section.sentences]
    assert [text for text in texts if "[" in text or "]" in text or "@" in text] == []


def test_the_lists_are_those_that_the_code_knows():
    assert set(LISTS) == {*WORD_LISTS, "suggested"}


@pytest.mark.parametrize("name", WORD_LISTS)
def test_every_word_of_a_list_has_a_label_of_its_own(name):
    found = labels(name)
    assert all(label.strip() == label and label for label in found.values())
    assert len(set(found.values())) == len(found)
    assert all(word == word.strip().lower() for word in found)


def test_every_suggested_question_is_one_short_question_asked_once():
    asked = suggested()
    assert len(set(asked)) == len(asked) >= 3
    assert [q for q in asked if not q.endswith("?") or q.count("?") > 1 or q != q.strip() or q[0].islower()] == []
    assert all(3 <= len(question.split()) <= 20 for question in asked)


def test_every_country_of_the_corpus_has_a_name_in_every_language():
    countries = {code for path in BRIEFS for code in read_brief(path).head.countries}
    for language in ("en", "id", "fr", "es", "pt", "ar", "ru", "sw", "zh"):
        assert [code for code in countries if country_name(code, language) == code] == []


def test_a_country_goes_by_its_alpha_3_code():
    assert (country_codes()["IDN"], country_name("IDN"), country_name("IDN", "fr")) == ("ID", "Indonesia", "Indonésie")
    assert country_name("XYZ") == "XYZ"


def test_every_demonym_leads_to_a_word_of_the_name_of_a_country_or_region():
    words = set(re.findall(r"[a-z]+", " ".join(country_name(code).casefold() for code in country_codes())))
    older = {"turkey", "britain"}  # CLDR says Türkiye and United Kingdom; many texts do not
    regions = {"europe", "java"}
    assert {place for place in DEMONYMS.values() if place not in words | older | regions} == set()
    assert [word for word in DEMONYMS if word != word.casefold().strip()] == []


@pytest.fixture(scope="module")
def briefs():
    return [read_brief(path) for path in BRIEFS]


def test_every_brief_is_told_in_all_nine_languages(briefs):
    assert [brief.head.id for brief in briefs if set(brief.head.summary) != set(LANGUAGES)] == []
    assert [brief.head.id for brief in briefs if set(brief.head.translations) != set(OTHERS)] == []


def test_no_question_of_a_translation_stands_twice_or_in_english(briefs):
    english = {question for brief in briefs for part in brief.sections for one in part.sentences for question in one.questions}
    asked = [question for brief in briefs for one in brief.head.translations.values() for question in one.questions]
    assert english & set(asked) == set()
    assert len(set(asked)) == len(asked)
