"""A PDF -> a document in one part that remembers where each page starts."""

import hashlib
import logging
import re
import statistics
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError

from ingest.documents import Document, Part
from ingest.loaders.unreadable import Unreadable
from ingest.sentences import split_sentences

OCR = "make a text layer first, for example with `ocrmypdf in.pdf out.pdf`, and add that file"
LEAST_LETTERS = 10  # on an average page; below it the file is pictures of text
MOST_CONTROL = 0.05  # share of control characters above which the fonts carry no character map
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it names every oddity of a file; ours are errors with a cure

LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": ""})


def load_pdf(path: Path, collection: str = "public") -> Document:
    """The text of a PDF, page by page. Raises Unreadable for a locked, broken, scanned or scrambled file."""
    written = path.read_bytes()  # once: its version is that of what is parsed, also where the file is replaced meanwhile
    reader = _open(path, written)
    pages = [_page_text(reader, number, path) for number in range(len(reader.pages))]
    _judge(path, pages)
    text, starts = _join(_without_running_heads(pages))
    language = _language(reader)
    return Document(
        id=_slug(path.stem),
        version=_version(written),
        title=_title(reader, path),
        origin="document",
        language=language,
        parts=(Part("", text, split_sentences(text, language), starts),),
        collection=collection,
    )


def pdf_version(path: Path) -> str:
    return _version(path.read_bytes())


def _version(written: bytes) -> str:
    return hashlib.blake2b(written, digest_size=8).hexdigest()


def _open(path: Path, written: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(written))
        len(reader.pages)
    except FileNotDecryptedError:
        raise Unreadable(path, "it is locked with a password", "save a copy without the password and add that") from None
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(
            path, f"it is broken ({error})", "open it in a PDF reader, print it to a new PDF and add that"
        ) from error
    return reader


def _page_text(reader: PdfReader, number: int, path: Path) -> str:
    try:
        return _whole_characters(reader.pages[number].extract_text())
    except FileNotDecryptedError:
        raise Unreadable(path, "it is locked with a password", "save a copy without the password and add that") from None
    except Exception:  # noqa: BLE001  pypdf raises whatever a malformed page makes it trip over; the other pages are sound
        return ""


def _whole_characters(text: str) -> str:
    """Halves of a character that a font gives apart are joined; one that is alone, which no text may hold, is replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _judge(path: Path, pages: list[str]) -> None:
    text = "".join(pages)
    letters = sum(character.isalpha() for character in text)
    control = sum(not character.isprintable() and not character.isspace() for character in text)
    if text and control / len(text) > MOST_CONTROL:
        raise Unreadable(path, "its text is scrambled (fonts without a character map)", OCR)
    if letters < LEAST_LETTERS * max(1, len(pages)):
        raise Unreadable(path, f"it has no text layer ({len(pages)} pages of pictures)", OCR)


def _without_running_heads(pages: list[str]) -> list[list[str]]:
    """The lines of each page, without those at its edges that many pages share (page numbers, running titles)."""
    lines = [[re.sub(r"\s+", " ", line).strip() for line in page.translate(LIGATURES).splitlines()] for page in pages]
    edges = Counter(key for page in lines for key in {_edge_key(page[index]) for index in _edges(page)})
    often = max(3, 0.4 * len(pages))
    kept = []
    for page in lines:
        heads = {index for index in _edges(page) if edges[_edge_key(page[index])] >= often}
        kept.append([line for index, line in enumerate(page) if index not in heads])
    return kept


def _edges(page: list[str]) -> list[int]:
    """The indexes of the first two and the last two lines that hold anything."""
    full = [index for index, line in enumerate(page) if line]
    return full[:2] + full[2:][-2:]


def _edge_key(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _join(pages: list[list[str]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """One text from the lines of all pages, and where each page starts in it."""
    widths = [len(line) for page in pages for line in page if line]
    short = 0.6 * statistics.median(widths) if widths else 0
    text, starts = "", []
    for number, page in enumerate(pages, 1):
        starts.append((len(text), number))
        for line in page:
            text = _append(text, line, short)
    return text.strip(), tuple(starts)


def _append(text: str, line: str, short: float) -> str:
    if not line:
        return text if text.endswith("\n\n") or not text else text.rstrip(" ") + "\n\n"
    if text.endswith("- ") and line[:1].islower() and text[-3:-2].isalpha():
        text = text[:-2]  # a word broken at the end of a line
    ends = line.endswith((".", "!", "?", ":", "。", "؟")) and len(line) < short
    return text + line + ("\n\n" if ends else " ")


def _language(reader: PdfReader) -> str:
    declared = _declared(lambda: reader.root_object.get("/Lang"))[:2].lower()
    return declared if re.fullmatch(r"[a-z]{2}", declared) else "en"


def _title(reader: PdfReader, path: Path) -> str:
    declared = _declared(lambda: reader.metadata and reader.metadata.title)
    real = len(declared.split()) >= 3 and not re.search(r"\.(xlsx?|docx?|pptx?|indd|qxd)$|^Microsoft|, Job \d", declared)
    return declared if real else re.sub(r"[-_]+", " ", path.stem).strip()


def _declared(read: Callable[[], object]) -> str:
    """What a file says of itself; nothing where that is broken, because its pages may be sound."""
    try:
        return _whole_characters(str(read() or "")).strip()
    except Exception:  # noqa: BLE001  pypdf raises whatever it trips over
        return ""


def _slug(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-") or "document"
