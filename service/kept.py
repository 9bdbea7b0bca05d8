"""Rows that are deleted when they are old: at the start, and whenever the service sweeps."""

import datetime
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, Table, delete, insert, update

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
        table.create(engine, checkfirst=True)
        self.sweep()

    @property
    def oldest(self) -> datetime.datetime:
        """What was made before is as good as deleted."""
        return self._now() - self._life

    def put(self, key: str | None = None, /, **values: Any) -> None:
        """Add a row; one with the same value in the column `key` gives way to it."""
        row = {**values, "made": self._now()}
        with self.engine.begin() as connection:
            if key:
                same = self._table.c[key] == values[key]
                if connection.execute(update(self._table).where(same).values(row)).rowcount:
                    return
            connection.execute(insert(self._table).values(row))

    def drop(self, key: str, value: str) -> int:
        """Delete the rows with this value in the column `key`; how many there were."""
        with self.engine.begin() as connection:
            return connection.execute(delete(self._table).where(self._table.c[key] == value)).rowcount

    def sweep(self) -> None:
        """Delete what is older than its days."""
        with self.engine.begin() as connection:
            connection.execute(delete(self._table).where(self._table.c.made < self.oldest))
