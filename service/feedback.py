"""What readers thought of an answer. Who they are is not kept."""

import json
from typing import Any

from sqlalchemy import Column, DateTime, Engine, MetaData, String, Table, Text, select

from service.answers import Answers
from service.contract import Feedback
from service.kept import Clock, Shelf, utc_now
from service.masking import masked

DAYS = 90
feedback = Table(
    "feedback",
    MetaData(),
    Column("answer", String, primary_key=True),
    Column("site", String),
    Column("made", DateTime(timezone=True), nullable=False, index=True),
    Column("verdict", String, nullable=False),
    Column("reason", String),
    Column("comment", Text, nullable=False),
)


class Verdicts:
    """One for each answer, the last that was given; kept for 90 days. E-mails and numbers in a comment are masked."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self.shelf = Shelf(engine, feedback, DAYS, now)

    def keep(self, one: Feedback) -> None:
        values = {"verdict": one.verdict, "reason": one.reason, "comment": masked(one.comment.strip())}
        self.shelf.put("answer", answer=one.answer, site=one.site, **values)

    def list(self, answers: Answers, site: str | None = None) -> list[dict[str, Any]]:
        """The newest first, each with its question where the answer is still kept; of one site where it is named."""
        query = select(feedback).where(feedback.c.made >= self.shelf.oldest).order_by(feedback.c.made.desc())
        if site:
            query = query.where(feedback.c.site == site)
        with self.shelf.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return [{**row, "made": f"{row['made']:%Y-%m-%d}", "question": _question(answers, row["answer"])} for row in rows]


def _question(answers: Answers, identity: str) -> str | None:
    body = answers.find(identity)
    return json.loads(body)["question"] if body else None
