"""What a failure of the stores is called, and its cure."""

from pathlib import Path

DISK_FULL = "the disk that holds the data folder is full: free some space and try again; nothing that was published is lost"


def is_disk_full(error: BaseException) -> bool:
    """Whether SQLite, Chroma, Tantivy or the system says so; each has its own words."""
    words = str(error).casefold()
    return "disk is full" in words or "no space left" in words or "disk full" in words


def store_failure(error: BaseException, folder: Path) -> str:
    """One line for an error of the catalog or an index."""
    if is_disk_full(error):
        return DISK_FULL
    reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    return (
        f"the data folder {folder} can not be used: {reason}. Run `rightkey ingest rebuild`; "
        f"if {folder / 'catalog.db'} itself is damaged, move the folder away and ingest again"
    )
