"""Is this enough to answer, and what of the question does no passage cover?"""

import math
from dataclasses import replace

import numpy as np
import pytest

from ingest.documents import Document
from ingest.library import Candidate
from service.evidence import LENGTH, READ, TOLD, UNTOLD, WELL, in_years, unknown_share, weigh, weights
from service.language import understand
from service.retrieval import Found, rank


@pytest.mark.parametrize(
    ("text", "year", "spoken_of"),
    [
        ("Incomes rose in 2014.", 2014, True),
        ("Incomes rose in 2014.", 2015, False),
        ("459,000 were chosen in 2015-19.", 2017, True),
        ("459,000 were chosen in 2015–2019.", 2019, True),
        ("459,000 were chosen in 2015-19.", 2020, False),
        ("From 1998-05 the fund grew.", 2003, True),
        ("The study ran between 2013 and 2016.", 2015, True),
        ("The study ran from 2013 to 2016.", 2012, False),
        ("The plan of 2016/17 failed.", 2017, True),
        ("12015 goats were given.", 2015, False),
        ("The page is dated 2020-12-03.", 2020, True),
        ("Goats came in 2013 and 20 villages took them.", 2018, False),
        ("", 2015, False),
    ],
)
def test_a_text_speaks_of_a_year_by_name_or_within_a_span(text, year, spoken_of):
    assert in_years(text, year) is spoken_of


def test_a_term_weighs_more_the_rarer_it_is():
    found = weights({"goat": 7, "fodder": 1, "unicorn": 0}, 10)
    idf = {"goat": math.log(1 + 3.5 / 7.5), "fodder": math.log(1 + 9.5 / 1.5), "unicorn": math.log(22)}
    assert found == pytest.approx({term: weight / sum(idf.values()) for term, weight in idf.items()})


def test_the_unknown_share_is_that_of_terms_which_stand_nowhere():
    assert unknown_share({"goat": 0.25, "unicorn": 0.75}, {"goat": 5, "unicorn": 0}) == 0.75
    assert unknown_share({}, {}) == 0


def document(identity, *languages):
    """A document that is summed up in those languages."""
    return Document(identity, "1", "Goats", "brief", "en", (), summary=dict.fromkeys(languages, "Goats."))


def weighed(question, *entries, told=None, languages=("en", "fr")):
    """The sentences of `entries` against a question; `told` is what summaries tell one who asks it in French, word by word."""
    vector = np.array([1, 0], np.float32)
    hits = tuple(rank([Candidate(one, 0.0) for one in entries], vector))
    found = Found(vector, hits, told or {}, by_words=told is not None)
    documents = {one.passage.document: document(one.passage.document, *languages) for one in entries}
    read = understand(question, str.islower)
    if told is None:
        return weigh(read, found, {"goat": 1.0}, 0.0, documents)
    goat = (("goat",),)
    return weigh(replace(read, language="fr", meanings=(goat,)), found, {goat: 1.0}, 0.0, documents)


def test_the_sentence_that_is_nearer_and_holds_the_word_stands_first(entry):
    rows = weighed("Describe goats", entry("Cows are here.", "Goats are here.", sentences=[(0.5, 0), (0.9, 0)]))
    assert [row.text for row in rows] == ["Goats are here.", "Cows are here."]
    assert rows[0].strength > rows[1].strength


@pytest.mark.parametrize(
    ("told", "languages", "less"),
    [
        ({}, ("en", "fr"), READ),
        ({"goats": 10.0, "cows": 2.0}, ("en", "fr"), READ - 10 * TOLD),
        ({"goats": WELL + 10.0}, ("en", "fr"), READ - WELL * TOLD),
        ({}, ("en",), UNTOLD),
        ({"goats": 10.0}, ("en",), UNTOLD),
    ],
)
def test_read_word_by_word_a_question_is_answered_the_sooner_the_better_a_summary_answers_to_it(entry, told, languages, less):
    goats = entry("Goats are here.", sentences=[(0.9, 0)])
    (english,) = weighed("Goats?", goats)
    (french,) = weighed("Goats?", goats, told=told, languages=languages)
    assert english.strength - french.strength == pytest.approx(less)


def test_read_word_by_word_a_sentence_counts_by_itself_and_by_what_it_answers(entry):
    texts, near, far = ("Goats paid.", "Goats grew."), (0.9, 0), (0.6, 0)
    passage = entry(*texts, sentences=[near, far], questions=[(0, (0, 1)), (1, (1, 0))])
    assert [row.text for row in weighed("Describe goats", passage)] == ["Goats paid.", "Goats grew."]
    assert [row.text for row in weighed("Describe goats", passage, told={})] == ["Goats grew.", "Goats paid."]


def test_a_word_in_the_title_counts_less_than_one_in_the_sentence(entry):
    inside, above = weighed("Describe goats", entry("Goats are here.", "Cows are here.", sentences=[(0.5, 0), (0.5, 0)]))
    assert inside.text == "Goats are here."
    assert inside.score > above.score


def test_a_figure_is_preferred_where_one_is_asked_for(entry):
    texts = ("Many goats were given.", "Some 1,250 goats were given.")
    rows = weighed("How many goats were given?", entry(*texts, sentences=[(0.6, 0), (0.6, 0)]))
    assert rows[0].text == "Some 1,250 goats were given."


def test_a_bare_year_is_no_figure(entry):
    texts = ("Goats were given.", "Goats were given in 2015.")
    rows = weighed("How many goats were given?", entry(*texts, sentences=[(0.61, 0), (0.6, 0)]))
    assert rows[0].text == "Goats were given."


def test_a_sentence_that_says_what_is_not_known_stands_behind(entry):
    texts = ("The sources read do not report goats.", "Goats were given.")
    rows = weighed("Describe goats", entry(*texts, sentences=[(0.7, 0), (0.6, 0)]))
    assert rows[0].text == "Goats were given."


@pytest.mark.parametrize("name", ["Atlantis", "Zembla", "Hogwarts Programme"])
def test_a_name_that_no_passage_holds_is_named_as_missing_and_not_answered_about(asked, name):
    answer = asked(f"What did {name} do about poverty?")
    assert answer.outcome == "not_found"
    assert [one.text for one in answer.missing] == [name]
    assert not answer.statements
    assert not answer.citations


def test_a_missing_name_beside_a_known_one_gives_a_partial_answer(asked):
    answer = asked("How did Shibadong and Zembla reduce poverty?")
    assert answer.outcome == "partial"
    assert [one.text for one in answer.missing] == ["Zembla"]
    assert {one.document for one in answer.citations} == {"chn-shibadong"}


def test_a_year_that_no_passage_covers_is_missing(asked):
    answer = asked("What was the income in Shibadong in 1987?")
    assert answer.outcome == "not_found"
    assert [(one.kind, one.text) for one in answer.missing] == [("year", "1987")]


def test_a_year_that_is_covered_is_answered_by_sentences_of_that_year(asked):
    answer = asked("What was the income per head in Shibadong in 2019?")
    assert answer.outcome == "answered"
    assert any("14,668" in one.text for one in answer.statements)


@pytest.mark.parametrize(
    "question",
    [
        "What could my village in East Kalimantan learn from Shibadong?",
        "We are a hill town in Nepal. Did solar panels raise incomes?",
    ],
)
def test_the_askers_own_place_is_not_missing_and_the_cases_are_said_to_be_from_elsewhere(asked, question):
    answer = asked(question)
    assert answer.outcome == "answered"
    assert [notice.code for notice in answer.notices] == ["elsewhere"]
    assert not answer.missing


def test_cases_from_the_askers_own_place_carry_no_such_notice(asked):
    answer = asked("What could my village in Indonesia learn from Ponggok?")
    assert answer.outcome == "answered"
    assert "elsewhere" not in [notice.code for notice in answer.notices]


@pytest.mark.parametrize(
    "question",
    ["How far is Jupiter from the sun?", "Which chess opening is best for beginners?", "Write a poem about my cat"],
)
def test_a_question_far_from_the_field_is_not_answered(asked, question):
    answer = asked(question)
    assert answer.outcome in ("not_found", "unclear")
    assert not answer.statements


def test_a_longer_question_may_lie_further_from_its_answer(entry):
    goats = entry("Goats are here.", sentences=[(0.5, 0)])
    short, long = (weighed(text, goats)[0] for text in ("goats", "goats fodder milk cheese market price"))
    assert long.strength - short.strength == pytest.approx(5 * LENGTH)
    assert long.score == short.score
