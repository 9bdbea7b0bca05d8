"""Write a measured table into the README, between its markers, so that no number there is typed by hand."""

import re
from collections.abc import Sequence
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def write_table(marker: str, caption: str, rows: Sequence[Sequence[str]]) -> None:
    """Replace what stands between `<!-- marker:start -->` and `<!-- marker:end -->`. The first row is the head."""
    head, *body = rows
    lines = [caption, "", _line(head), _line(["---"] * len(head)), *map(_line, body)]
    text = README.read_text(encoding="utf-8")
    start, end = f"<!-- {marker}:start -->", f"<!-- {marker}:end -->"
    inside = f"{start}\n" + "\n".join(lines) + f"\n{end}"
    README.write_text(re.sub(f"{start}.*?{end}", lambda _: inside, text, flags=re.S), encoding="utf-8")


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
