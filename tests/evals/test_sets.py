"""Our own question sets."""

from collections import Counter

import pytest
from pydantic import ValidationError

from corpus import CORPUS
from corpus.brief import read_brief
from evals.facts import holds
from evals.sets import QuestionSet, read_comparable, read_core, read_set

ANSWER = {"id": "a", "kind": "figure", "question": "How many?", "documents": ["goats"], "facts": [["12"]]}
REFUSE = {"id": "b", "question": "What of Zembla?", "near": True, "expect": "not_found"}


@pytest.fixture(scope="module")
def core():
    return read_core()


@pytest.fixture(scope="module")
def briefs():
    return {path.stem: read_brief(path) for path in (CORPUS / "briefs").glob("*.md")}


def test_a_sound_set_is_read():
    read = QuestionSet.model_validate({"answer": [ANSWER], "refuse": [REFUSE]})
    assert (read.answer[0].facts, read.refuse[0].missing) == ([["12"]], [])


@pytest.mark.parametrize(
    "broken",
    [
        {"answer": [{**ANSWER, "fact": [["12"]]}], "refuse": []},
        {"answer": [], "refuse": [{**REFUSE, "relevent": True}]},
        {"answer": [], "refuse": [], "notes": ""},
        {"answer": [{**ANSWER, "kind": "riddle"}], "refuse": []},
        {"answer": [{**ANSWER, "documents": []}], "refuse": []},
        {"answer": [{**ANSWER, "facts": []}], "refuse": []},
        {"answer": [], "refuse": [{**REFUSE, "expect": "answered"}]},
        {"answer": [ANSWER], "refuse": [{**REFUSE, "id": "a"}]},
    ],
)
def test_a_set_with_an_unknown_key_or_value_is_refused(broken):
    with pytest.raises(ValidationError):
        QuestionSet.model_validate(broken)


SETS = ("core", "held", "refusal", "disagreement")


@pytest.mark.parametrize(("name", "answer", "refuse"), [("core", 200, 0), ("refusal", 0, 107), ("disagreement", 20, 0)])
def test_a_set_has_as_many_questions_as_are_said_of_it(name, answer, refuse):
    questions = read_set(name)
    assert (len(questions.answer), len(questions.refuse)) == (answer, refuse)


def test_the_comparable_cases_exist(briefs):
    wanted = read_comparable()
    assert len(wanted) == 20
    assert [one.id for one in wanted if not set(one.accepted) <= briefs.keys()] == []


def test_the_core_set_has_every_kind_of_question(core):
    assert set(Counter(one.kind for one in core.answer)) == {"figure", "open", "context", "disagreement"}
    assert {(one.near, one.expect) for one in core.refuse} >= {(True, "not_found"), (True, "partial"), (False, "not_found")}


def test_the_held_half_of_a_set_is_every_second_question():
    held = read_set("held")
    assert [one.id for one in held.half(even=True).answer] == [one.id for one in held.answer[1::2]]
    assert [one.id for one in held.half(even=False).refuse] == [one.id for one in held.refuse[::2]]


@pytest.mark.parametrize("name", ["core", "held", "disagreement"])
def test_a_set_names_only_documents_that_exist(name, briefs):
    assert {document for one in read_set(name).answer for document in one.documents} <= briefs.keys()


def test_no_question_stands_twice_in_the_sets_or_in_a_brief(briefs):
    asked = [one.question.casefold() for name in SETS for one in [*read_set(name).answer, *read_set(name).refuse]]
    written = {
        q.casefold() for brief in briefs.values() for part in brief.sections for s in part.sentences for q in s.questions
    }
    assert Counter(asked).most_common(1)[0][1] == 1
    assert written & set(asked) == set()


@pytest.mark.parametrize("name", ["core", "held", "disagreement"])
def test_every_fact_of_a_set_stands_in_a_document_that_it_names(name, briefs):
    texts = {identity: " ".join(section.text for section in brief.sections) for identity, brief in briefs.items()}
    lost = [
        (one.id, fact)
        for one in read_set(name).answer
        for fact in one.facts
        if not any(holds(texts[identity], fact) for identity in one.documents)
    ]
    assert lost == []
