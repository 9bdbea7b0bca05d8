"""What every command of the terminal does alike: failures in one line, rows in a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.glossary import GlossaryError
from ingest.encoder import EncoderMissing
from ingest.library import LibraryError
from ingest.owner import FolderOwned
from service.commands import CommandError
from service.sites import SiteError, SitesUnreadable

out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Foreseen = (
    *(CommandError, LibraryError, EncoderMissing, FolderOwned, SiteError, SitesUnreadable, GlossaryError),
    *(OSError, UnicodeDecodeError),
)


@contextmanager
def errors() -> Iterator[None]:
    """Every foreseen failure as one line with its cure, and exit code 2."""
    from service.server import PortInUse

    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        name = name if name.startswith(("PORT", "RIGHTKEY_")) else f"RIGHTKEY_{name}"
        err.print(f"Setting {name}: {first['msg'].removeprefix('Value error, ')}", style="red", markup=False)
        raise typer.Exit(2) from None
    except (*Foreseen, PortInUse) as error:
        err.print(str(error), style="red", markup=False)
        raise typer.Exit(2) from None


def print_rows(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """A table with these columns."""
    table = Table(*names)
    for row in rows:
        table.add_row(*(Text(str(row[name] or "")) for name in names))  # a title may hold brackets
    out.print(table)
