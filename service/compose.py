"""Quoted sentences -> the parts of an answer: statements, numbered citations, groups, examples, notices."""

from collections.abc import Iterable, Sequence, Set
from typing import Any
from urllib.parse import urlencode

from corpus.lists import labels
from ingest.documents import Document, Locator, Passage, Publication
from ingest.lexical import analyse
from service.contract import (
    CaseOut,
    CitationOut,
    DisagreementOut,
    DocumentOut,
    ExampleOut,
    GroupOut,
    LocatorOut,
    NoticeOut,
    PassageOut,
    SentenceOut,
    SourceOut,
    StatementOut,
    YearsOut,
)
from service.evidence import Weighed
from service.language import Question
from service.quoting import EXACT, Quoted

MOST_EXAMPLES = 3


def in_reading_order(question: Question, quoted: Quoted, own: Set[str] = frozenset()) -> list[Weighed]:
    """The sentences document by document, those in `own` before others, and the best first; each document's as they stand in
    it, or the best first where one figure or date is asked for."""
    order = {row.document: (row.document not in own, number) for number, row in reversed(list(enumerate(quoted.rows)))}
    if question.wants in EXACT and not question.parts:
        return sorted(quoted.rows, key=lambda row: order[row.document])
    return sorted(quoted.rows, key=lambda row: (order[row.document], row.entry.passage.ordinal, row.index))


def citation(number: int, row: Weighed, document: Document, answer: str) -> CitationOut:
    passage, sentence = row.entry.passage, row.sentence
    by_id = {one.id: one for one in document.publications}
    where = {"document": document.id, "version": document.version, "passage": passage.id}
    return CitationOut(
        number=number,
        id=f"{answer}.{number}",
        **where,
        title=document.title,
        origin=document.origin,
        quote=row.text,
        language=document.language,
        start=sentence.start,
        end=sentence.end,
        locator=locator(passage.locator),
        as_of=document.as_of,
        sources=[source(by_id[key]) for key in sentence.sources],
        href="?" + urlencode({**where, "start": sentence.start, "end": sentence.end}),
    )


def statement(number: int, row: Weighed, document: Document) -> StatementOut:
    return StatementOut(text=row.text, language=document.language, citations=[number], support="quoted")


def groups(rows: Sequence[Weighed], documents: dict[str, Document]) -> list[GroupOut]:
    found: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        found.setdefault(row.document, []).append(index)
    return [GroupOut(document=identity, **head(documents[identity]), statements=indexes) for identity, indexes in found.items()]


def disagreements(quoted: Quoted, rows: Sequence[Weighed]) -> list[DisagreementOut]:
    if not quoted.dispute:
        return []
    statements = sorted(rows.index(side) for side in quoted.dispute.sides if side in rows)
    return [DisagreementOut(topic=quoted.dispute.topic, statements=statements)]


def examples(candidates: Iterable[str], rows: Sequence[Weighed], documents: dict[str, Document]) -> list[ExampleOut]:
    """Up to three documents with a summary, in the order given; those that the answer quotes carry its citation numbers."""
    numbers: dict[str, list[int]] = {}
    for number, row in enumerate(rows, 1):
        numbers.setdefault(row.document, []).append(number)
    chosen = [documents[one] for one in dict.fromkeys(candidates) if documents[one].summary][:MOST_EXAMPLES]
    return [_example(one, numbers.get(one.id, []), _why(one, chosen[0], bool(numbers.get(one.id)))) for one in chosen]


def _example(document: Document, numbers: list[int], why: str) -> ExampleOut:
    return ExampleOut(
        document=document.id,
        version=document.version,
        **head(document),
        summary=document.summary["en"],
        language="en",
        citations=numbers,
        why=why,
    )


def _why(document: Document, best: Document, is_quoted: bool) -> str:
    """What an example has in common with the best one, in words of the lists."""
    if document is best:
        return "quoted in this answer" if is_quoted else "nearest to the question"
    themes = [labels("themes")[one].lower() for one in document.facets.themes if one in best.facets.themes]
    places = [labels("settings")[one].lower() for one in document.facets.settings if one in best.facets.settings]
    shared = [f"theme: {', '.join(themes[:2])}"] if themes else []
    shared += [f"setting: {', '.join(places[:2])}"] if places else []
    return f"same {'; '.join(shared)}" if shared else ("quoted in this answer" if is_quoted else "near to the question")


def elsewhere(question: Question, rows: Sequence[Weighed], documents: dict[str, Document]) -> list[NoticeOut]:
    """A notice where the answer's cases are not from the asker's own place."""
    for place in question.own_places:
        terms = set(analyse(place))
        texts = (f"{documents[row.document].keywords} {row.entry.passage.context} {row.text}" for row in rows)
        if not any(terms <= set(analyse(text)) for text in texts):
            return [
                NoticeOut(code="elsewhere", text=f"None of these cases is from {place}: they are the nearest from elsewhere.")
            ]
    return []


def superseded(rows: Sequence[Weighed], documents: dict[str, Document]) -> list[NoticeOut]:
    newer = {one.supersedes: one for one in documents.values() if one.supersedes}
    quoted = dict.fromkeys(row.document for row in rows if row.document in newer)
    return [
        NoticeOut(code="superseded", text=f"“{documents[one].title}” has a newer brief: “{newer[one].title}”.")
        for one in quoted
    ]


def head(document: Document) -> dict[str, Any]:
    """What stands above every document: its title, where and when."""
    about = document.facets
    years = YearsOut(start=about.years[0], end=about.years[1]) if about.years else None
    return {"title": document.title, "countries": list(about.countries), "place": about.place, "years": years}


def case(document: Document, why: Sequence[str] = ()) -> CaseOut:
    about = document.facets
    return CaseOut(
        id=document.id,
        version=document.version,
        **head(document),
        kind=about.kind or "",
        regions=list(about.regions),
        themes=list(about.themes),
        settings=list(about.settings),
        methods=list(about.methods),
        summary=document.summary["en"],
        language="en",
        as_of=document.as_of,
        why=list(why),
    )


def source(publication: Publication) -> SourceOut:
    return SourceOut(**vars(publication))


def locator(one: Locator) -> LocatorOut:
    return LocatorOut(kind=one.kind, label=one.label, pages=list(one.pages))


def whole_document(document: Document, passages: Sequence[Passage], *, current: bool) -> DocumentOut:
    return DocumentOut(
        id=document.id,
        version=document.version,
        current=current,
        **head(document),
        origin=document.origin,
        language=document.language,
        kind=document.facets.kind,
        regions=list(document.facets.regions),
        themes=list(document.facets.themes),
        settings=list(document.facets.settings),
        as_of=document.as_of,
        summary=document.summary.get("en", ""),
        passages=[
            PassageOut(
                id=passage.id,
                heading=passage.heading,
                locator=locator(passage.locator),
                text=passage.text,
                sentences=[SentenceOut(start=s.start, end=s.end, sources=list(s.sources)) for s in passage.sentences],
            )
            for passage in passages
        ],
        sources=[source(one) for one in document.publications],
    )
