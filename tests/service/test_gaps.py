"""The list of what was asked and not answered, and what readers said: who asked is not in it."""

import datetime

import pytest
from sqlalchemy import select

from ingest.catalog import open_engine
from service.answers import Answers
from service.contract import Answer, Feedback, LibraryOut
from service.feedback import Verdicts, feedback
from service.gaps import Gaps
from service.gaps import gaps as kept_gaps
from service.masking import masked


@pytest.fixture
def engine(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'kept.db'}")
    yield engine
    engine.dispose()


def answer(outcome="not_found", question="Cash in Zembla? Mail me: a.b@c.example or +62 811-555 0101", **fields):
    library = LibraryOut(version="1", documents=0)
    return Answer(
        id="one", conversation=None, question=question, language="en", outcome=outcome, library=library, took_ms=1, **fields
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Write to jane.doe@example.org now", "Write to [e-mail] now"),
        ("Call +62 (811) 555-0101 today", "Call [number] today"),
        ("My ID is 3275012345670001", "My ID is [number]"),
        ("Between 2014 and 2020?", "Between [number] and [number]?"),
        ("رقمي ٠١٢٣٤٥٦٧٨٩", "رقمي [number]"),
        ("Nothing here", "Nothing here"),
    ],
)
def test_what_could_tell_who_asked_is_masked(text, kept):
    assert masked(text) == kept


def test_what_was_not_answered_is_listed_masked_and_by_site(engine):
    gaps = Gaps(engine)
    gaps.keep("guizhou", answer(missing=[{"kind": "place", "text": "Zembla"}]))
    gaps.keep("guizhou", answer("partial", "Second?"))
    gaps.keep("another", answer())
    gaps.keep("guizhou", answer("answered", "Answered?"))
    gaps.keep("guizhou", answer("unclear", "What?"))
    today = f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}"
    assert gaps.list("guizhou") == [
        {"made": today, "question": "Second?", "missing": ""},
        {"made": today, "question": "Cash in Zembla? Mail me: [e-mail] or [number]", "missing": "Zembla"},
    ]


def test_ninety_days_later_nothing_of_it_is_left(engine):
    Gaps(engine).keep("guizhou", answer())
    Verdicts(engine).keep(Feedback(answer="one", verdict="up"))
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=91)
    gaps = Gaps(engine)
    gaps.shelf._now = lambda: later
    gaps.shelf.sweep()
    with engine.connect() as connection:
        assert connection.execute(select(kept_gaps)).all() == []
    assert Verdicts(engine, lambda: later).list(Answers(engine, 30)) == []
    with engine.connect() as connection:
        assert connection.execute(select(feedback)).all() == []


def test_what_a_reader_says_last_of_an_answer_is_kept_with_its_question(engine):
    answers, verdicts = Answers(engine, 30), Verdicts(engine)
    kept = answer(question="Did cash help?")
    answers.keep(kept, kept.model_dump_json())
    verdicts.keep(Feedback(answer="one", verdict="up"))
    verdicts.keep(Feedback(answer="one", site="guizhou", verdict="down", reason="wrong", comment=" Ask me: 0811 555 ok? "))
    (row,) = verdicts.list(answers)
    assert (row["verdict"], row["reason"], row["comment"], row["question"]) == (
        "down",
        "wrong",
        "Ask me: [number] ok?",
        "Did cash help?",
    )
    assert verdicts.list(answers, "another") == []
    assert len(verdicts.list(answers, "guizhou")) == 1
