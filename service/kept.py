"""Rows that are deleted when they are old: at the start, and once a day before one is added."""

import datetime
import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, Table, delete, insert, update

SWEEP_EVERY = datetime.timedelta(days=1)
Clock = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class Shelf:
    """A table with a column `made`; its rows live for `days`."""

    def __init__(self, engine: Engine, table: Table, days: int, now: Clock = utc_now) -> None:
        self.engine = engine
        self._table = table
        self._life = datetime.timedelta(days)
        self._now = now
        self._sweeping = threading.Lock()
        table.create(engine, checkfirst=True)
        self._sweep()

    @property
    def oldest(self) -> datetime.datetime:
        """What was made before is as good as deleted."""
        return self._now() - self._life

    def put(self, key: str | None = None, /, **values: Any) -> None:
        """Add a row; one with the same value in the column `key` gives way to it."""
        with self._sweeping:
            if self._now() - self._swept >= SWEEP_EVERY:
                self._sweep()
        row = {**values, "made": self._now()}
        with self.engine.begin() as connection:
            if key:
                same = self._table.c[key] == values[key]
                if connection.execute(update(self._table).where(same).values(row)).rowcount:
                    return
            connection.execute(insert(self._table).values(row))

    def _sweep(self) -> None:
        self._swept = self._now()
        with self.engine.begin() as connection:
            connection.execute(delete(self._table).where(self._table.c.made < self.oldest))
