"""The tables of a run, as text for the terminal, as Markdown and as JSON."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table as RichTable


@dataclass(frozen=True)
class Target:
    """A number that was promised. Reached where `value` is at least `bound`, or at most it where `at_most`."""

    name: str
    value: float
    bound: float
    at_most: bool = False
    unit: str = ""
    digits: int = 3

    @property
    def reached(self) -> bool:
        return self.value <= self.bound if self.at_most else self.value >= self.bound

    def cells(self) -> tuple[str, ...]:
        sign, unit = "≤" if self.at_most else "≥", f" {self.unit}" if self.unit else ""
        bound = f"{self.bound:.{self.digits}f}{unit}"
        return self.name, f"{self.value:.{self.digits}f}{unit}", f"{sign} {bound}", "yes" if self.reached else "NO"


@dataclass(frozen=True)
class Table:
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Section:
    """What one part of the bench found; `raw` goes to the JSON alone."""

    tables: tuple[Table, ...]
    targets: tuple[Target, ...]
    raw: dict[str, Any] = field(default_factory=dict)


def print_report(sections: Sequence[Section], console: Console) -> None:
    for table in tables(sections):
        grid = RichTable(title=table.title, title_justify="left", caption=table.note or None, caption_justify="left")
        for number, name in enumerate(table.header):
            grid.add_column(name, justify="right" if number else "left")
        for row in table.rows:
            grid.add_row(*row)
        console.print(grid)


def write_report(sections: Sequence[Section], folder: Path, about: dict[str, Any]) -> None:
    """bench.md and bench.json in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    about = {**about, **machine()}
    (folder / "bench.md").write_text(markdown(sections, about), encoding="utf-8")
    targets = [{**asdict(target), "reached": target.reached} for section in sections for target in section.targets]
    raw = {name: value for section in sections for name, value in section.raw.items()}
    data = {"about": about, "targets": targets, "tables": [asdict(table) for table in tables(sections)], "raw": raw}
    (folder / "bench.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def markdown(sections: Sequence[Section], about: dict[str, Any]) -> str:
    parts = ["# Rightkey beside its peers\n", "; ".join(f"{name}: {value}" for name, value in about.items()) + ".\n"]
    for table in tables(sections):
        rule = " | ".join(["---", *["---:"] * (len(table.header) - 1)])
        rows = [" | ".join(table.header), rule, *(" | ".join(row) for row in table.rows)]
        parts += [f"## {table.title}\n", "\n".join(f"| {row} |" for row in rows) + "\n"]
        parts += [f"{table.note}\n"] if table.note else []
    return "\n".join(parts)


def tables(sections: Sequence[Section]) -> list[Table]:
    """The targets first, then every part's own."""
    rows = tuple(target.cells() for section in sections for target in section.targets)
    return [Table("Targets", ("target", "measured", "wanted", "reached"), rows), *(t for s in sections for t in s.tables)]


def load() -> str:
    """How many processes want a core, over the last minute."""
    return Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]


def machine() -> dict[str, Any]:
    """Where and when: the numbers of another machine are not these."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "when": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": names[0] if names else platform.processor(),
        "cores": len(names),
        "load at the end": load(),
        "Python": platform.python_version(),
    }
