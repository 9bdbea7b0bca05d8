"""A list of cases, or the sources of one, in the forms that reference managers and spreadsheets read: CSV, RIS, BibTeX."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.lists import country_name, labels
from ingest.documents import Document, Publication

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class Reference:
    """One entry of a list of references; empty fields are left out."""

    id: str
    title: str
    author: str
    year: str
    url: str
    abstract: str = ""
    keywords: tuple[str, ...] = ()


def of_case(document: Document, address: str, language: str = "en") -> Reference:
    """A case as a reference to its brief, told in that language; `address` is that of /cases."""
    about, telling = document.facets, document.telling(language)
    words = [labels("themes", language)[one] for one in about.themes]
    words += [country_name(one, language) for one in about.countries]
    year = (document.as_of or "")[:4]
    return Reference(document.id, telling.title, "Rightkey", year, f"{address}/{document.id}", telling.summary, tuple(words))


def of_source(source: Publication) -> Reference:
    author = re.sub(r"\s+(?:\d{4}|n\.d\.)$", "", source.label)
    return Reference(source.id, source.title, author, str(source.year or ""), source.url or "")


def as_csv(documents: Iterable[Document], address: str, language: str = "en") -> str:
    """One line a case, told in that language, with a head; UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [
            "id",
            "title",
            "kind",
            "countries",
            "place",
            "from",
            "to",
            "themes",
            "settings",
            "methods",
            "summary",
            "sources",
            "address",
        ]
    )
    for one in documents:
        about, telling = one.facets, one.telling(language)
        start, end = about.years or (None, None)
        row = [
            one.id,
            telling.title,
            about.kind,
            "; ".join(country_name(code, language) for code in about.countries),
            about.place,
            start,
            end,
            "; ".join(labels("themes", language)[theme] for theme in about.themes),
            "; ".join(labels("settings", language)[setting] for setting in about.settings),
            "; ".join(labels("methods", language)[method] for method in about.methods),
            telling.summary,
            "; ".join(source.label for source in one.publications),
            f"{address}/{one.id}",
        ]
        writer.writerow([_cell(value) for value in row])
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_ris(references: Iterable[Reference]) -> str:
    """RIS, a line a tag: https://en.wikipedia.org/wiki/RIS_(file_format)."""
    lines = []
    for one in references:
        tags = [
            ("TY", "GEN"),
            ("ID", one.id),
            ("TI", one.title),
            ("AU", one.author),
            ("PY", one.year),
            ("UR", one.url),
            ("AB", one.abstract),
        ]
        tags += [("KW", word) for word in one.keywords]
        lines += [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
        lines += ["ER  - ", ""]
    return "\r\n".join(lines)


def as_bibtex(references: Iterable[Reference]) -> str:
    """BibTeX, `@misc` each, what would mean something to TeX escaped."""
    entries = []
    for one in references:
        fields = {
            "title": f"{{{_tex(one.title)}}}",
            "author": f"{{{_tex(one.author)}}}" if one.author else "",  # in braces twice: an organisation, or a label
            "year": one.year,
            "url": one.url,
            "abstract": _tex(one.abstract),
            "keywords": _tex(", ".join(one.keywords)),
        }
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        entries.append(f"@misc{{{one.id},\n{body}\n}}\n")
    return "\n".join(entries)


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in text)
