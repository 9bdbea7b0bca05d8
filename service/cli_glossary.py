"""`rightkey glossary check | words`: a trainer's own rows, and what they lack."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from corpus.glossary import FILE, OTHERS, GlossaryError, read_glossary
from service.lexicon import Word
from service.settings import Settings
from service.terminal import err, errors, out
from service.terms import Terms

glossary = typer.Typer(no_args_is_help=True, help="The words by which questions in other languages are understood.")


@glossary.command("check")
def check() -> None:
    """Whether the glossary of your own, `glossary.csv` in the data folder, can be read."""
    path = Settings().folder / FILE
    if not path.exists():
        err.print(f"There is none: write rows with the columns english, {', '.join(OTHERS)} into {path}", markup=False)
        raise typer.Exit(1)
    try:
        rows = read_glossary(path)
    except GlossaryError as error:
        err.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from error
    out.print(f"{len(rows)} rows in {path}", markup=False)


@glossary.command("words")
def words(
    language: Annotated[str, typer.Argument(help=f"One of {', '.join(OTHERS)}.")],
    file: Annotated[Path | None, typer.Argument(help="A text in that language; standard input where none is named.")] = None,
    most: Annotated[int, typer.Option(help="So many words at most.", min=1)] = 100,
) -> None:
    """The words of a text that the glossary lacks, the most frequent first: they are lost in a question."""
    if language not in OTHERS:
        err.print(f"{language!r} is none of {', '.join(OTHERS)}", markup=False)
        raise typer.Exit(2)
    with errors():
        lines = (file.read_text(encoding="utf-8") if file else sys.stdin.read()).splitlines()
        content = list(_content(Terms(Settings().folder), language, lines))
    lacked = Counter(word.text.casefold() for word in content if not word.senses)
    known = len(content) - lacked.total()
    out.print(f"{known} of {len(content)} content words are in the glossary ({known / max(1, len(content)):.0%})", markup=False)
    for word, count in lacked.most_common(most):
        out.print(f"{count:6} {word}", markup=False)


def _content(terms: Terms, language: str, lines: list[str]) -> Iterator[Word]:
    lexicon = terms.lexicon(language)
    for line in lines:
        yield from (word for word in lexicon.read(lexicon.normal(line)) if word.content)
