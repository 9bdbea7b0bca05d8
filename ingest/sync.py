"""Make the library equal to files and folders: discover, compare hashes, load, split, encode, publish."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.catalog import Row
from ingest.documents import Document
from ingest.encoder import Encoder
from ingest.library import Library, Prepared
from ingest.loaders import Unreadable, is_readable, load, version_of
from ingest.passages import split_passages

BATCH = 256  # about so many passages are encoded and published together: a kill loses no more than two such batches


@dataclass(frozen=True)
class Progress:
    """After each file: how many of how many, and which."""

    done: int
    total: int
    path: Path


@dataclass
class Report:
    """What a run did, by file name; `failed` holds (path, why and cure)."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    skipped: int = 0
    passages: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


Watch = Callable[[Progress], None]


def sync(
    library: Library,
    encoder: Encoder,
    roots: Iterable[Path],
    collection: str = "public",
    watch: Watch | None = None,
    *,
    batch: int = BATCH,
) -> Report:
    """Afterwards the library holds what the files under `roots` hold; what was under them and is gone, goes.

    Unreadable files are reported, keep their last published version, and do not stop the rest.
    Raises FileNotFoundError for a root that does not exist.
    """
    roots = [root.resolve() for root in roots]
    for root in roots:
        if not root.exists():
            raise FileNotFoundError(f"{root} does not exist: name a file or a folder")
    with library.changing:
        files = list(dict.fromkeys(path for root in roots for path in _files(root)))  # roots may lie in one another
        readable = [path for path in files if is_readable(path)]
        report = _ingest(library, encoder, readable, collection, watch, batch)
        report.skipped = len(files) - len(readable)
        gone = [row for row in library.rows() if _under(Path(row.path), roots) and Path(row.path) not in set(readable)]
        library.withdraw([row.id for row in gone])
        report.removed = [row.id for row in gone]
    return report


def add(
    library: Library, encoder: Encoder, paths: Iterable[Path], collection: str = "public", watch: Watch | None = None
) -> Report:
    """Add or update those files; everything else stays. Unreadable ones are reported."""
    with library.changing:
        return _ingest(library, encoder, list(dict.fromkeys(path.resolve() for path in paths)), collection, watch, BATCH)


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
        return
    yield from sorted(path for path in root.rglob("*") if path.is_file() and not _hidden(path, root))


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _under(path: Path, roots: list[Path]) -> bool:
    return any(path == root or root in path.parents for root in roots)


def _ingest(library: Library, encoder: Encoder, paths: list[Path], collection: str, watch: Watch | None, batch: int) -> Report:
    report = Report()
    report.passages = publish(library, encoder, _changed(library.rows(), paths, collection, report, watch), batch)
    if watch and paths:
        watch(Progress(len(paths), len(paths), paths[-1]))
    return report


def _changed(
    rows: list[Row], paths: list[Path], collection: str, report: Report, watch: Watch | None
) -> Iterator[tuple[str, Document]]:
    """The documents, with their paths, that are new or not what the library holds."""
    by_path = {row.path: row for row in rows}
    taken = {row.id: row.path for row in rows}
    for number, path in enumerate(paths, 1):
        known = by_path.get(str(path))
        try:
            if known and (known.version, known.collection) == (version_of(path), collection):
                report.unchanged += 1
            else:
                document = _named(load(path, collection), path, known, taken)
                (report.changed if known else report.added).append(document.id)
                yield str(path), document
        except (Unreadable, OSError) as error:
            report.failed.append((str(path), str(error)))
        if watch and number < len(paths):  # the last is told when all are published
            watch(Progress(number, len(paths), path))


def publish(library: Library, encoder: Encoder, documents: Iterable[tuple[str, Document]], batch: int = BATCH) -> int:
    """Split, encode and publish documents, each with its path, in batches of about `batch` passages: one is published while
    the next is encoded.

    Returns how many passages they make."""
    passages = 0
    with ThreadPoolExecutor(1) as behind:
        publishing: Future[None] | None = None
        for some in _batches(documents, batch):
            prepared = _encoded(encoder, some)
            passages += sum(len(one.encoded) for one in prepared)
            if publishing:
                publishing.result()
            publishing = behind.submit(library.publish, prepared)
        if publishing:
            publishing.result()
    return passages


def _batches(documents: Iterable[tuple[str, Document]], most: int) -> Iterator[list[tuple[str, Document]]]:
    batch, size = [], 0
    for path, document in documents:
        batch.append((path, document))
        size += sum(1 + len(part.text) // 1000 for part in document.parts)  # 240 word pieces are some 1,000 characters
        if size >= most:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _encoded(encoder: Encoder, batch: list[tuple[str, Document]]) -> list[Prepared]:
    split = [(path, document, split_passages(document, encoder.count)) for path, document in batch]
    encoded = iter(encoder.passages([passage for _, _, passages in split for passage in passages]))
    return [Prepared(path, document, tuple(next(encoded) for _ in passages)) for path, document, passages in split]


def _named(document: Document, path: Path, known: Row | None, taken: dict[str, str]) -> Document:
    """A file keeps its id; a second file of the same name gets a number. Two briefs of one id are an error."""
    if known is not None and document.origin == "document":
        document = replace(document, id=known.id)
    elif taken.get(document.id, str(path)) != str(path) and Path(taken[document.id]).exists():
        if document.origin == "brief":
            raise Unreadable(path, f"its id {document.id!r} is that of {taken[document.id]}", "give it an id of its own")
        number = next(n for n in range(2, 10_000) if f"{document.id}-{n}" not in taken)
        document = replace(document, id=f"{document.id}-{number}")
    taken[document.id] = str(path)
    return document
