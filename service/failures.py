"""What a failure of the stores is called, and its cure."""

from service.settings import Settings

DISK_FULL = "the disk that holds the data folder is full: free some space and try again; nothing that was published is lost"


def is_disk_full(error: BaseException) -> bool:
    """Whether SQLite, Chroma, Tantivy or the system says so; each has its own words."""
    words = str(error).casefold()
    return "disk is full" in words or "no space left" in words or "disk full" in words


def store_failure(error: BaseException, settings: Settings) -> str:
    """One line for an error of the catalog or an index."""
    from sqlalchemy.exc import SQLAlchemyError  # here: a command that goes through a running service needs neither

    from ingest.vectors import VectorError

    if is_disk_full(error):
        return DISK_FULL
    reason = (str(getattr(error, "orig", None) or error).splitlines() or [type(error).__name__])[0].rstrip(".")
    if settings.chroma_url and isinstance(error, VectorError):
        return f"Chroma can not be used: {reason}. See that it runs at {settings.chroma_url}, or mend RIGHTKEY_CHROMA_URL"
    if settings.database_url and isinstance(error, SQLAlchemyError):
        return f"the database can not be used: {reason}. See that it runs, or mend RIGHTKEY_DATABASE_URL"
    catalog = settings.folder / "catalog.db"
    return (
        f"the data folder {settings.folder} can not be used: {reason}. Run `rightkey ingest rebuild`; "
        f"if {catalog} itself is damaged, move the folder away and ingest again"
    )
