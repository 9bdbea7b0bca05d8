"""The glossary of a running service: the corpus's own, and the rows that its trainers add in the data folder."""

import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import structlog

from corpus import CORPUS
from corpus.glossary import FILE, OTHERS, GlossaryError, Row, read_glossary
from service.lexicon import Lexicon


class Terms:
    """Read anew when the trainers' file changes. A file that can not be read leaves what was, and the log says why."""

    def __init__(self, folder: Path, corpus: Path = CORPUS) -> None:
        self.path = folder / FILE
        path = corpus / FILE
        self._corpus = _rows_of(path, path.stat().st_mtime_ns if path.exists() else 0)
        self._reading = threading.Lock()
        self._making = {language: threading.Lock() for language in OTHERS}
        self._seen: tuple[int, int, int] | None = None
        self._rows = self._corpus
        self._lexicons: Mapping[str, Lexicon] = MappingProxyType({})

    def rows(self) -> tuple[Row, ...]:
        """The trainers' rows first: theirs is the better sense."""
        with self._reading:
            self._catch_up()
            return self._rows

    def lexicon(self, language: str) -> Lexicon:
        """The words of a language other than English; made when it is first asked for, in about half a second."""
        with self._making[language]:
            with self._reading:
                self._catch_up()
                rows, known = self._rows, self._lexicons
            if language in known:
                return known[language]
            made = Lexicon(language, rows)
            with self._reading:
                if rows is self._rows:
                    self._lexicons = {**self._lexicons, language: made}
            return made

    def _catch_up(self) -> None:
        try:
            at = self.path.stat()
            seen = (at.st_mtime_ns, at.st_size, at.st_ino)
        except FileNotFoundError:
            seen = None
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._rows = (*(read_glossary(self.path) if seen else ()), *self._corpus)
            self._lexicons = {}
        except GlossaryError as error:
            structlog.get_logger().error("glossary not read", error=str(error))


@lru_cache(maxsize=2)
def _rows_of(path: Path, _changed: int) -> tuple[Row, ...]:
    """The corpus's own, read once for a process."""
    return read_glossary(path)
