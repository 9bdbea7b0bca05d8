"""Answers kept for a while, so that a link to one can be opened. Nothing about who asked is kept with them."""

import datetime
import threading

from sqlalchemy import Column, DateTime, Engine, MetaData, String, Table, Text, delete, insert, select

from service.contract import Answer

metadata = MetaData()
answers = Table(
    "answers",
    metadata,
    Column("id", String, primary_key=True),
    Column("made", DateTime(timezone=True), nullable=False, index=True),
    Column("body", Text, nullable=False),
)
SWEEP_EVERY = 1000


class Answers:
    """At most `days` old; with 0 days none is kept."""

    def __init__(self, engine: Engine, days: int) -> None:
        self._engine = engine
        self._days = days
        self._kept = 0
        self._counting = threading.Lock()
        metadata.create_all(engine)
        self._sweep()

    def keep(self, answer: Answer, body: str) -> None:
        """`body` is the answer as JSON, as it is sent."""
        if not self._days:
            return
        with self._engine.begin() as connection:
            connection.execute(insert(answers).values(id=answer.id, made=_now(), body=body))
        with self._counting:
            self._kept += 1
            due = self._kept % SWEEP_EVERY == 0
        if due:
            self._sweep()

    def find(self, identity: str) -> str | None:
        """The answer as JSON; None where it was never kept or is too old."""
        oldest = _now() - datetime.timedelta(days=self._days)
        query = select(answers.c.body).where(answers.c.id == identity, answers.c.made >= oldest)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one_or_none()

    def _sweep(self) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(answers).where(answers.c.made < _now() - datetime.timedelta(days=self._days)))


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
