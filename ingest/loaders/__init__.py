"""`load(path)` reads one file into a document, by the loader for its format."""

from pathlib import Path

from ingest.documents import Document
from ingest.loaders.brief import is_brief, load_brief
from ingest.loaders.pdf import load_pdf
from ingest.loaders.unreadable import Unreadable

FORMATS = ("PDF", "a brief (Markdown in a folder briefs/ beside sources.json)")

__all__ = ["FORMATS", "Unreadable", "is_readable", "load"]


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
