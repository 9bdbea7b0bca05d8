"""Small documents, and small PDFs that pypdf writes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from ingest.documents import Document, Part
from ingest.encoder import Encoder
from ingest.library import Prepared
from ingest.passages import split_passages
from ingest.sentences import split_sentences


def _document(identity: str = "goats", *texts: str, title: str = "", version: str = "1", **fields: str) -> Document:
    parts = tuple(Part(f"Part {n}", text, split_sentences(text, "en")) for n, text in enumerate(texts, 1))
    return Document(identity, version, title or identity.title(), "document", "en", parts, **fields)


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """document(id, *texts, title, version, collection) -> a document with a part for each text."""
    return _document


@pytest.fixture(scope="session")
def prepare(encoder: Encoder) -> Callable[..., Prepared]:
    """prepare(document, path) -> the document with its passages encoded, ready to be published."""

    def prepared(document: Document, path: str | None = None) -> Prepared:
        encoded = encoder.passages(split_passages(document, encoder.count))
        return Prepared(path or f"/{document.collection}/{document.id}.pdf", document, tuple(encoded))

    return prepared


def _page(writer: PdfWriter, lines: list[str]) -> None:
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    page = writer.add_blank_page(612, 792)
    fonts = DictionaryObject({NameObject("/F1"): _names(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    shown = "\n".join(f"({line}) Tj 0 -14 Td" for line in lines)
    content.set_data(f"BT /F1 10 Tf 40 760 Td\n{shown}\nET".encode("cp1252"))
    page[NameObject("/Contents")] = writer._add_object(content)


def _names(values: dict[str, str]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in values.items()})


@pytest.fixture
def write_pdf(tmp_path: Path) -> Callable[..., Path]:
    """write_pdf(name, *pages, title, language, password) -> a PDF whose pages hold those lines."""

    def write(name: str, *pages: list[str], title: str = "", language: str = "", password: str = "") -> Path:
        writer = PdfWriter()
        for lines in pages:
            _page(writer, lines)
        if title:
            writer.add_metadata({"/Title": title})
        if language:
            writer.root_object[NameObject("/Lang")] = TextStringObject(language)
        if password:
            writer.encrypt(password)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        writer.write(path)
        return path

    return write
