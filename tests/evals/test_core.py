"""The core set's metrics, against numbers worked by hand."""

import pytest

from evals.core import Answered, CoreResult, Refused, run_core
from evals.sets import Answerable, QuestionSet, Refusable
from ingest.sync import sync
from service.assistant import Assistant
from service.contract import Answer, CitationOut, LibraryOut, LocatorOut


def answer(outcome="answered", quotes=0):
    citations = [
        CitationOut(
            number=n,
            id=str(n),
            document="goats",
            version="1",
            passage="p",
            title="Goats",
            origin="brief",
            quote="Goats paid.",
            language="en",
            start=0,
            end=11,
            locator=LocatorOut(kind="section", label="Results", pages=[]),
            as_of=None,
            sources=[],
            href="/",
        )
        for n in range(1, quotes + 1)
    ]
    library = LibraryOut(version="1", documents=1)
    return Answer(
        id="a", conversation=None, question="?", language="en", outcome=outcome, citations=citations, library=library, took_ms=1
    )


def answered(kind, right, quotes, precise, seconds, outcome="answered"):
    question = Answerable(id=kind + str(seconds), kind=kind, question="?", documents=["goats"], facts=[["12"]])
    return Answered(question, answer(outcome, quotes), ("goats",), right, precise, seconds)


def refused(outcome, right, quotes=0):
    return Refused(Refusable(id="r", question="?", near=True, expect="not_found"), answer(outcome, quotes), right)


@pytest.fixture
def table():
    result = CoreResult(
        answered=[
            answered("figure", True, 4, 3, 0.010),
            answered("figure", False, 2, 1, 0.020),
            answered("open", True, 2, 2, 0.030),
            answered("context", False, 0, 0, 0.040, outcome="not_found"),
        ],
        refused=[refused("not_found", True), refused("partial", True), refused("not_found", False), refused("answered", False)],
        broken_quotes=["one that is nowhere", "and another"],
        retrieval={"retrieval hit@1": 0.5},
    )
    return result.table()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("retrieval hit@1", 0.5),
        ("right facts in the answer", 2 / 4),
        ("right facts, figure", 1 / 2),
        ("right facts, open", 1),
        ("right facts, context", 0),
        ("citation precision", 6 / 8),
        ("quotes an answer", 8 / 3),
        ("refusal precision", 3 / 4),
        ("refusal recall", 3 / 4),
        ("refusals right, with what is missing", 2 / 4),
        ("quote fidelity", 1 - 2 / 8),
        ("answer p50, ms", 25),
        ("answer p95, ms", 40),
    ],
)
def test_a_metric_is_what_it_is_by_hand(table, name, value):
    assert table[name] == pytest.approx(value)


def test_quotes_of_partial_answers_count_for_fidelity_on_both_sides():
    result = CoreResult([answered("open", True, 1, 1, 0.01)], [refused("partial", True, quotes=3)], ["nowhere", "nor here"])
    assert result.table()["quote fidelity"] == pytest.approx(1 - 2 / 4)


def test_a_run_asks_everything_and_holds_every_quote_against_its_document(library, encoder, write_corpus, brief, terms):
    sync(library, encoder, [write_corpus({"idn-demo": brief()})])
    question = "How many goats did three villages in Indonesia own?"
    questions = QuestionSet(
        answer=[
            Answerable(id="1", kind="figure", question=question, documents=["idn-demo"], facts=[["1250"]]),
            Answerable(id="2", kind="figure", question=question, documents=["elsewhere"], facts=[["7"]]),
        ],
        refuse=[Refusable(id="3", question="What did Zembla do?", near=True, expect="not_found", missing=["Zembla"])],
    )
    text = "\n".join(part.text for part in library.catalog.document("idn-demo").parts)
    assistant = Assistant(library, encoder, terms)
    sound = run_core(questions, assistant, {"idn-demo": text}).table()
    assert (sound["right facts in the answer"], sound["retrieval hit@1"], sound["quote fidelity"]) == (0.5, 0.5, 1)
    assert (sound["refusal recall"], sound["refusals right, with what is missing"]) == (1, 1)
    assert run_core(questions, assistant, {"idn-demo": text.replace("1,250", "12")}).broken_quotes
