"""`load(path)` reads one file into a document, by the loader for its format."""

from pathlib import Path

from ingest.documents import Document
from ingest.loaders.brief import brief_version, is_brief, load_brief
from ingest.loaders.pdf import load_pdf, pdf_version
from ingest.loaders.unreadable import Unreadable

FORMATS = ("PDF", "a brief (Markdown in a folder briefs/ beside sources.json)")

__all__ = ["FORMATS", "Unreadable", "is_readable", "load", "version_of"]


def is_readable(path: Path) -> bool:
    """Whether some loader takes files of this name."""
    return path.suffix.lower() == ".pdf" or is_brief(path)


def load(path: Path, collection: str = "public") -> Document:
    """Read one file. Raises Unreadable, whose message names the cure."""
    if is_brief(path):
        return load_brief(path, collection)
    if path.suffix.lower() == ".pdf":
        return load_pdf(path, collection)
    raise Unreadable(path, "its format is not read", f"give {' or '.join(FORMATS)}")


def version_of(path: Path) -> str:
    """The version that `load` would give, found without parsing the file where that is slow. Raises Unreadable, OSError."""
    return brief_version(path) if is_brief(path) else pdf_version(path)
