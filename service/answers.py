"""Answers kept for a while with their questions, so that a link to one can be opened. Who asked is not kept."""

from sqlalchemy import Column, DateTime, Engine, MetaData, String, Table, Text, select

from service.contract import Answer
from service.kept import Clock, Shelf, utc_now

answers = Table(
    "answers",
    MetaData(),
    Column("id", String, primary_key=True),
    Column("made", DateTime(timezone=True), nullable=False, index=True),
    Column("body", Text, nullable=False),
)


class Answers:
    """At most `days` old; with 0 days none is kept."""

    def __init__(self, engine: Engine, days: int, now: Clock = utc_now) -> None:
        self._days = days
        self.shelf = Shelf(engine, answers, days, now)

    def keep(self, answer: Answer, body: str) -> None:
        """`body` is the answer as JSON, as it is sent."""
        if self._days:
            self.shelf.put(id=answer.id, body=body)

    def find(self, identity: str) -> str | None:
        """The answer as JSON; None where it was never kept or is too old."""
        query = select(answers.c.body).where(answers.c.id == identity, answers.c.made >= self.shelf.oldest)
        with self.shelf.engine.connect() as connection:
            return connection.execute(query).scalar_one_or_none()
