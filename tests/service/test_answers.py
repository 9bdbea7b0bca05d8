"""Answers kept for a while."""

import datetime

import pytest
from sqlalchemy import func, insert, select

from ingest.catalog import open_engine
from service.answers import Answers, answers
from service.contract import Answer, LibraryOut

ANSWER = Answer(
    id="one",
    conversation=None,
    question="Cash?",
    language="en",
    outcome="unclear",
    library=LibraryOut(version="1", documents=0),
    took_ms=1,
)


@pytest.fixture
def engine(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'answers.db'}")
    yield engine
    engine.dispose()


def made_before(engine, days):
    made = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)
    with engine.begin() as connection:
        connection.execute(insert(answers).values(id=f"{days}-days", made=made, body="{}"))


def count(engine):
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(answers)).scalar_one()


def test_a_kept_answer_is_found_as_it_was_sent(engine):
    kept = Answers(engine, days=30)
    kept.keep(ANSWER, '{"id": "one"}')
    assert kept.find("one") == '{"id": "one"}'


def test_an_answer_is_still_there_after_a_restart(engine):
    Answers(engine, days=30).keep(ANSWER, "{}")
    assert Answers(engine, days=30).find("one") == "{}"


def test_an_answer_that_was_never_kept_is_not_found(engine):
    assert Answers(engine, days=30).find("one") is None


def test_an_answer_older_than_the_days_is_not_found(engine):
    kept = Answers(engine, days=30)
    made_before(engine, 31)
    made_before(engine, 29)
    assert kept.find("31-days") is None
    assert kept.find("29-days") == "{}"


def test_old_answers_are_gone_from_the_disk_at_the_next_start(engine):
    Answers(engine, days=30)
    made_before(engine, 31)
    made_before(engine, 29)
    Answers(engine, days=30)
    assert count(engine) == 1


def test_old_answers_are_gone_from_the_disk_when_a_service_has_run_for_days(engine):
    clock = [datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)]
    kept = Answers(engine, days=2, now=lambda: clock[0])
    for day in range(10):
        clock[0] += datetime.timedelta(days=1)
        kept.keep(ANSWER.model_copy(update={"id": f"day-{day}"}), "{}")
        kept.shelf.sweep()
        assert count(engine) <= 3
    assert kept.find("day-9") == "{}"


def test_with_no_days_no_answer_is_kept(engine):
    none = Answers(engine, days=0)
    none.keep(ANSWER, "{}")
    assert none.find("one") is None
    assert count(engine) == 0
