"""The questions in eight other languages: their sets, and the table against numbers worked by hand."""

import re
from collections import Counter

import pytest
from pydantic import ValidationError

from corpus.glossary import OTHERS
from evals.core import Answered, CoreResult, Refused
from evals.multilingual import Spoken, by_language, summed
from evals.sets import Answerable, Multilingual, Refusable, read_core, read_multilingual
from service.contract import Answer, LibraryOut

SETS = ("multilingual", "multilingual-held")
ASKED = {"id": "fr-1", "language": "fr", "need": "fig-01", "question": "Combien ?", "english": "How many?"}


@pytest.fixture(scope="module")
def sets():
    return {name: read_multilingual(name) for name in SETS}


@pytest.fixture(params=SETS)
def questions(request, sets):
    return sets[request.param]


@pytest.fixture(scope="module")
def core():
    return read_core()


@pytest.mark.parametrize(("name", "answer", "refuse"), [("multilingual", 86, 38), ("multilingual-held", 45, 20)])
def test_a_set_has_as_many_questions_in_every_language(sets, name, answer, refuse):
    read = sets[name]
    assert Counter(one.language for one in read.answer) == dict.fromkeys(OTHERS, answer)
    assert Counter(one.language for one in read.refuse) == dict.fromkeys(OTHERS, refuse)


def test_every_need_is_one_of_the_core_set_or_of_the_refusals(questions, core):
    assert {one.need for one in questions.answer} <= {one.id for one in core.answer}
    assert {one.need for one in questions.refuse} <= {one.id for one in core.refuse}


def test_no_question_and_no_id_stands_twice(sets):
    asked = [one.question.casefold() for read in sets.values() for one in [*read.answer, *read.refuse]]
    assert [question for question, count in Counter(asked).items() if count > 1] == []
    for read in sets.values():
        assert max(Counter(one.id for one in [*read.answer, *read.refuse]).values()) == 1


def test_no_need_of_a_language_stands_in_both_sets(sets):
    first, held = ({(one.language, one.need) for one in [*read.answer, *read.refuse]} for read in sets.values())
    assert first & held == set()


def test_only_refusals_name_what_is_missing_and_in_the_words_of_the_question(questions):
    assert [one.id for one in questions.answer if one.missing] == []
    strange = [
        (one.id, name) for one in questions.refuse for name in one.missing if name.casefold() not in one.question.casefold()
    ]
    assert strange == []


def test_a_question_has_the_documents_and_facts_of_its_need(questions, core):
    needs = {one.id: one for one in core.answer}
    wanted = {one.id: needs[one.need] for one in questions.answer if one.language == "ru"}
    read = questions.of("ru").answer
    assert [one.id for one in read] == list(wanted)
    for one in read:
        assert (one.documents, one.facts, one.kind) == (wanted[one.id].documents, wanted[one.id].facts, wanted[one.id].kind)
        assert one.question != wanted[one.id].question


def test_the_needs_of_a_language_are_asked_in_english(questions):
    english = questions.needs_of("sw")
    assert {one.id for one in english.answer} == {one.need for one in questions.answer if one.language == "sw"}
    assert {one.id for one in english.refuse} == {one.need for one in questions.refuse if one.language == "sw"}


@pytest.mark.parametrize("language", OTHERS)
def test_the_questions_of_a_language_are_put_into_english(questions, language):
    own, english = questions.of(language), questions.interpreted(language)
    assert [one.id for one in own.answer + own.refuse] == [one.id for one in english.answer + english.refuse]
    for one, same in zip(own.answer, english.answer, strict=True):
        assert (one.documents, one.facts) == (same.documents, same.facts)
    assert [one.id for one in english.answer + english.refuse if re.search(r"[\u0400-\u06ff\u4e00-\u9fff]", one.question)] == []
    asked = {one.id: one.question for one in own.answer}
    assert sum(asked[one.id] == one.question for one in english.answer) == 0


@pytest.mark.parametrize("broken", [{"lang": "fr"}, {"need": None}, {"missing": "Zembla"}])
def test_a_question_with_an_unknown_key_or_value_is_refused(broken):
    with pytest.raises(ValidationError):
        Multilingual.model_validate({"answer": [{**ASKED, **broken}], "refuse": []})


def result(*outcomes, right=0, refused=(), hit1=0.0, hit5=0.0):
    """A run whose questions came out so, the first `right` of them with every fact, and whose refusals came out so."""
    library = LibraryOut(version="1", documents=1)

    def answer(outcome):
        return Answer(id="a", conversation=None, question="?", language="fr", outcome=outcome, library=library, took_ms=1)

    wanted = [
        Answerable(id=str(n), kind="figure", question="?", documents=["goats"], facts=[["12"]]) for n in range(len(outcomes))
    ]
    answered = [
        Answered(one, answer(outcome), ("goats",), n < right, 0, 0.01)
        for n, (one, outcome) in enumerate(zip(wanted, outcomes, strict=True))
    ]
    turned = [
        Refused(Refusable(id="r", question="?", near=True, expect="not_found"), answer(outcome), True) for outcome in refused
    ]
    return CoreResult(answered, turned, [], {"retrieval hit@1": hit1, "retrieval hit@5": hit5})


FRENCH = Spoken(
    "fr",
    result("answered", "partial", "not_found", "unclear", right=1, refused=("not_found", "answered"), hit1=0.25, hit5=0.5),
    result("answered", "answered", "answered", "not_found", right=3, refused=("answered", "partial"), hit1=0.5, hit5=1.0),
    result("answered", "answered", "answered", "not_found", right=2, refused=("not_found", "partial"), hit1=0.5, hit5=1.0),
    detected=0.9,
    mapped=0.8,
)
SWAHILI = Spoken(
    "sw",
    result("answered", "answered", right=2, refused=("unclear",), hit1=0.75, hit5=0.75),
    result("answered", "answered", right=1, refused=("answered",), hit1=1.0, hit5=1.0),
    result("answered", "answered", right=2, refused=("answered",), hit1=1.0, hit5=1.0),
    detected=0.7,
    mapped=1.0,
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hit@1", 0.25),
        ("hit@5", 0.5),
        ("hit@5 in English", 1.0),
        ("right facts", 1 / 4),
        ("right facts interpreted", 3 / 4),
        ("right facts in English", 2 / 4),
        ("refused", 1 / 2),
        ("refused interpreted", 1 / 2),
        ("refused in English", 2 / 2),
        ("answered", 2 / 4),
        ("answered in English", 3 / 4),
        ("detected", 0.9),
        ("words mapped", 0.8),
    ],
)
def test_a_measure_of_one_language_is_what_it_is_by_hand(name, value):
    assert FRENCH.row()[name] == pytest.approx(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hit@1", (0.25 + 0.75) / 2),
        ("hit@5", (0.5 + 0.75) / 2),
        ("least hit@5", 0.5),
        ("hit@5 over English", 0.625 / 1.0),
        ("right facts over English", (0.25 + 1) / 2 / ((0.5 + 1) / 2)),
        ("right facts over interpreted", (0.25 + 1) / 2 / ((0.75 + 0.5) / 2)),
        ("refused less English", (0.5 + 1) / 2 - (1 + 0) / 2),
        ("refused less interpreted", (0.5 + 1) / 2 - (0.5 + 0) / 2),
        ("detected", 0.8),
        ("words mapped", 0.9),
    ],
)
def test_a_measure_of_all_languages_is_what_it_is_by_hand(name, value):
    found = {key.removeprefix("multilingual "): value for key, value in summed([FRENCH, SWAHILI]).items()}
    assert found[name] == pytest.approx(value)


def test_the_table_has_a_column_for_each_language_and_for_their_mean():
    head, *rows = by_language([FRENCH, SWAHILI])
    assert head[1:] == ("fr", "sw", "mean")
    table = {name: values for name, *values in rows}
    assert list(table) == list(FRENCH.row())
    assert table["detected"] == ["0.90", "0.70", "0.80"]
    assert table["right facts"] == ["0.25", "1.00", "0.62"]
