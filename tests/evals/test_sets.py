"""Our own question sets."""

from collections import Counter

import pytest
from pydantic import ValidationError

from corpus import CORPUS
from evals.facts import holds
from evals.sets import QuestionSet, read_set

ANSWER = {"id": "a", "kind": "figure", "question": "How many?", "documents": ["goats"], "facts": [["12"]]}
REFUSE = {"id": "b", "question": "What of Zembla?", "near": True, "expect": "not_found"}


@pytest.fixture(scope="module")
def core():
    return read_set("core")


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


def test_the_core_set_has_eighty_questions_to_answer_and_forty_to_refuse(core):
    assert (len(core.answer), len(core.refuse)) == (80, 40)


def test_the_core_set_has_every_kind_of_question(core):
    assert set(Counter(one.kind for one in core.answer)) == {"figure", "open", "context", "disagreement"}
    assert {(one.near, one.expect) for one in core.refuse} >= {(True, "not_found"), (True, "partial"), (False, "not_found")}


def test_the_core_set_names_only_documents_that_exist(core):
    known = {path.stem for path in (CORPUS / "briefs").glob("*.md")}
    assert {document for one in core.answer for document in one.documents} <= known


def test_no_question_of_the_core_set_stands_twice(core):
    assert Counter(one.question for one in [*core.answer, *core.refuse]).most_common(1)[0][1] == 1


def test_every_fact_of_the_core_set_stands_in_a_document_that_it_names(core):
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (CORPUS / "briefs").glob("*.md")}
    lost = [
        (one.id, fact)
        for one in core.answer
        for fact in one.facts
        if not any(holds(texts[name], fact) for name in one.documents)
    ]
    assert lost == []
