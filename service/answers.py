"""Answers kept for a while with their questions, so that a link to one can be opened. Who asked is not kept."""

import datetime
import threading
from collections.abc import Callable

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
SWEEP_EVERY = datetime.timedelta(days=1)
Clock = Callable[[], datetime.datetime]


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class Answers:
    """At most `days` old; with 0 days none is kept. Older ones are deleted at the start, and once a day before one is kept."""

    def __init__(self, engine: Engine, days: int, now: Clock = _now) -> None:
        self._engine = engine
        self._days = datetime.timedelta(days)
        self._now = now
        self._sweeping = threading.Lock()
        metadata.create_all(engine)
        self._sweep()

    def keep(self, answer: Answer, body: str) -> None:
        """`body` is the answer as JSON, as it is sent."""
        if not self._days:
            return
        with self._sweeping:
            if self._now() - self._swept >= SWEEP_EVERY:
                self._sweep()
        with self._engine.begin() as connection:
            connection.execute(insert(answers).values(id=answer.id, made=self._now(), body=body))

    def find(self, identity: str) -> str | None:
        """The answer as JSON; None where it was never kept or is too old."""
        query = select(answers.c.body).where(answers.c.id == identity, answers.c.made >= self._now() - self._days)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one_or_none()

    def _sweep(self) -> None:
        self._swept = self._now()
        with self._engine.begin() as connection:
            connection.execute(delete(answers).where(answers.c.made < self._swept - self._days))
