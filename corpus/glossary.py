"""The term base: what the words of the field are called in nine languages. A form in any of them -> its English terms."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from corpus.figures import LANGUAGES

FILE = "glossary.csv"
OTHERS = tuple(language for language in LANGUAGES if language != "en")

# term, name, place: looked up. question: says what is wanted. person: the asker. function: carries no topic, and is dropped.
Kind = Literal["term", "name", "place", "question", "person", "function"]
Status = Literal["draft", "reviewed"]


class GlossaryError(ValueError):
    """A glossary cannot be read; the message names the file, the line and the cure."""


@dataclass(frozen=True)
class Row:
    """One English term with its forms by language: the most usual first. A hint in parentheses tells its sense apart."""

    line: int
    kind: Kind
    english: str
    forms: Mapping[str, tuple[str, ...]]
    status: Status

    @property
    def searched(self) -> str:
        """The English words that are searched for: without the hint."""
        return self.english.partition(" (")[0]


def read_glossary(path: Path) -> tuple[Row, ...]:
    """The rows of one file: columns `kind`, `english`, any of the languages, `status`; forms are separated by `|`.

    Only `english` must be given: a row without a kind is a term, without a status a draft. Raises GlossaryError."""
    try:
        return tuple(_rows(path, path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GlossaryError(f"{path} cannot be read ({error}): save it as CSV in UTF-8") from error


def _rows(path: Path, text: str) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(text), restkey="")
    unknown = [one for one in reader.fieldnames or [] if one not in ("kind", "english", "status", *OTHERS)]
    if unknown or "english" not in (reader.fieldnames or []):
        raise GlossaryError(
            f"{path}: name its columns kind, english, {', '.join(OTHERS)}, status; {unknown or 'english'} is wrong"
        )
    for cells in reader:
        line = reader.line_num
        if "" in cells:
            raise GlossaryError(f"{path}, line {line}: it has more cells than columns: put a cell that holds a comma in quotes")
        english, kind, status = (" ".join((cells.get(one) or "").split()) for one in ("english", "kind", "status"))
        kind, status = kind or "term", status or "draft"
        if not english:
            raise GlossaryError(f"{path}, line {line}: it has no English term: write one in the column `english`")
        if kind not in get_args(Kind) or status not in get_args(Status):
            raise GlossaryError(
                f"{path}, line {line}: write {', '.join(get_args(Kind))} as kind and {', '.join(get_args(Status))} as status"
            )
        yield Row(line, kind, english, MappingProxyType({one: _forms(cells.get(one)) for one in OTHERS}), status)  # type: ignore[arg-type]


def _forms(cell: str | None) -> tuple[str, ...]:
    forms = (" ".join(form.split()) for form in (cell or "").split("|"))
    return tuple(dict.fromkeys(form for form in forms if form))


def as_csv(rows: Sequence[Row]) -> str:
    """What `read_glossary` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["kind", "english", *OTHERS, "status"])
    writer.writerows([row.kind, row.english, *("|".join(row.forms[one]) for one in OTHERS), row.status] for row in rows)
    return out.getvalue()
