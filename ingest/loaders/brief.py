"""A brief of the corpus -> a document with a part for each section."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from corpus.brief import Brief, BriefError, Dispute, FrontMatter, Section, read_brief
from corpus.check import check_brief
from corpus.lists import country_name, region_names
from corpus.sources import Source, SourceError, read_sources
from ingest.documents import Disagreement, Document, Facets, Part, Publication, Sentence, Side, Translation
from ingest.loaders.unreadable import Unreadable

CHECK = "run `rightkey corpus check`, mend what it names, and sync again"


def is_brief(path: Path) -> bool:
    return path.suffix == ".md" and path.parent.name == "briefs"


def load_brief(path: Path, collection: str = "public") -> Document:
    """A brief that passes the checker. Raises Unreadable for any other."""
    brief, cited, version = _read(path)
    head = brief.head
    return Document(
        id=head.id,
        version=version,
        title=head.title,
        origin="brief",
        language="en",
        parts=tuple(_part(section) for section in brief.sections),
        collection=collection,
        keywords=_keywords(head),
        as_of=head.as_of.isoformat(),
        summary=head.summary,
        translations={
            language: Translation(one.title, tuple(one.questions), tuple(one.topics))
            for language, one in head.translations.items()
        },
        facets=_facets(brief, cited),
        publications=tuple(_publication(source) for source in cited),
        disagreements=tuple(_disagreement(brief, one) for one in head.disputes),
        supersedes=head.supersedes,
    )


def _keywords(head: FrontMatter) -> str:
    regions = (name for code in head.countries for name in region_names(code))
    return " ".join([*map(country_name, head.countries), *dict.fromkeys(regions), head.place or ""]).strip()


def brief_version(path: Path) -> str:
    return _read(path)[2]


def _read(path: Path) -> tuple[Brief, list[Source], str]:
    """A brief that passes the checker, with the sources that it cites, and its version."""
    try:
        written = path.read_bytes()  # before it is parsed: a file that is replaced meanwhile has changed at the next sync
        sources = _sources(path.parent.parent / "sources.json")
        brief = read_brief(path)
    except SourceError as error:
        raise Unreadable(path, f"its sources.json: {error.reason}", CHECK) from error
    except BriefError as error:
        raise Unreadable(path, f"line {error.line}: {error}", CHECK) from error
    for line, cure in check_brief(brief, sources):
        raise Unreadable(path, f"line {line}: {cure}", CHECK)
    cited = [sources[key] for key in brief.cited]
    return brief, cited, _version(written, cited)


def _sources(path: Path) -> dict[str, Source]:
    return _read_once(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=8)
def _read_once(path: Path, changed: int) -> dict[str, Source]:
    return read_sources(path)


def _version(written: bytes, cited: list[Source]) -> str:
    digest = hashlib.blake2b(written, digest_size=8)
    digest.update(json.dumps([source.model_dump(mode="json") for source in cited], sort_keys=True).encode())
    return digest.hexdigest()


def _part(section: Section) -> Part:
    sentences, offset = [], 0
    for one in section.sentences:
        sentences.append(Sentence(offset, offset + len(one.text), one.sources, one.questions))
        offset += len(one.text) + 1
    return Part(section.heading, section.text, tuple(sentences))


def _disagreement(brief: Brief, dispute: Dispute) -> Disagreement:
    sides = (one for found in brief.sides_of(dispute) for one in found)
    return Disagreement(dispute.topic, tuple(Side(one.text, one.sources) for one in sides))


def _facets(brief: Brief, cited: list[Source]) -> Facets:
    head = brief.head
    return Facets(
        kind=head.kind,
        countries=tuple(head.countries),
        place=head.place,
        years=(head.years.start, head.years.end) if head.years else None,
        themes=tuple(head.themes),
        settings=tuple(head.setting),
        methods=tuple(sorted({source.custom.method for source in cited})),
        reach=(head.reach.count, head.reach.unit) if head.reach else None,
    )


def _publication(source: Source) -> Publication:
    custom = source.custom
    return Publication(
        source.id, source.label, source.title, source.url, source.year, custom.method, custom.voice, custom.checked
    )
