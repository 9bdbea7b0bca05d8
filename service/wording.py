"""The words of the interface on the server's side: the same locale files that the panel reads."""

import datetime
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from service.web import words

FSI, PDI = "\u2068", "\u2069"  # first strong isolate, pop directional isolate (Unicode Standard Annex 9)


class Wording:
    """One language: its strings, plurals, numbers, dates and direction."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = words(language)
        self._locale = Locale.parse(language)
        self.dir = str(self._words["dir"])

    def t(self, key: str, **values: object) -> str:
        """The text of a key with its holes filled; `n` is written as a number and chooses the plural."""
        return self._template(key, values).format_map({name: self._shown(value) for name, value in values.items()})

    def html(self, key: str, **values: object) -> Markup:
        """The same for a page; values that are markup, such as a link, stay so."""
        shown = {name: value if isinstance(value, Markup) else escape(self._shown(value)) for name, value in values.items()}
        return Markup(escape(self._template(key, values)).format_map(shown))

    def _template(self, key: str, values: Mapping[str, object]) -> str:
        found = self._words[key]
        if isinstance(found, dict):
            number = values["n"]
            assert isinstance(number, int)
            found = found.get(self._locale.plural_form(number), found["other"])
        return str(found)

    def _shown(self, value: object) -> str:
        if isinstance(value, int):
            return self.number(value)
        # words from elsewhere keep their own direction within ours
        return f"{FSI}{value}{PDI}" if self.dir == "rtl" and value else str(value)

    def number(self, value: int) -> str:
        return format_decimal(value, locale=self._locale)

    def date(self, day: datetime.date) -> str:
        return format_date(day, format="long", locale=self._locale)

    def listed(self, parts: list[str]) -> str:
        """Several words with the comma of the language."""
        return str(self._words["comma"]).join(parts)

    def parted(self, parts: list[str]) -> str:
        """Several groups of words with the semicolon of the language."""
        return str(self._words["semicolon"]).join(parts)


@cache
def wording(language: str) -> Wording:
    return Wording(language)
