"""The gap list of a site: what was asked there and not answered. Only where the site turns it on."""

from typing import Any

from sqlalchemy import Column, DateTime, Engine, Integer, MetaData, String, Table, Text, select

from service.contract import Answer
from service.kept import Clock, Shelf, utc_now
from service.masking import masked

DAYS = 90
gaps = Table(
    "gaps",
    MetaData(),
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("site", String, nullable=False),
    Column("made", DateTime(timezone=True), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("missing", Text, nullable=False),
)


class Gaps:
    """Kept for 90 days."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self.shelf = Shelf(engine, gaps, DAYS, now)

    def keep(self, site: str, answer: Answer) -> None:
        """Note the question where nothing, or only a part, was answered."""
        if answer.outcome in ("not_found", "partial"):
            missing = ", ".join(one.text for one in answer.missing)
            self.shelf.put(site=site, question=masked(answer.question), missing=masked(missing))

    def list(self, site: str) -> list[dict[str, Any]]:
        """The newest first."""
        query = select(gaps).where(gaps.c.site == site, gaps.c.made >= self.shelf.oldest).order_by(gaps.c.number.desc())
        with self.shelf.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return [{"made": f"{row['made']:%Y-%m-%d}", "question": row["question"], "missing": row["missing"]} for row in rows]
