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
from service.foreign import understood_share
from service.language import Question
from service.quoting import EXACT, Quoted
from service.wording import wording

MOST_EXAMPLES = 3
HALF = 0.5  # of the words of a question: where fewer are understood, the reader is told which


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


def groups(rows: Sequence[Weighed], documents: dict[str, Document], language: str = "en") -> list[GroupOut]:
    found: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        found.setdefault(row.document, []).append(index)
    return [
        GroupOut(document=identity, **head(documents[identity], language), statements=indexes)
        for identity, indexes in found.items()
    ]


def disagreements(
    quoted: Quoted, rows: Sequence[Weighed], documents: dict[str, Document], language: str = "en"
) -> list[DisagreementOut]:
    if not quoted.dispute:
        return []
    statements = sorted(rows.index(side) for side in quoted.dispute.sides if side in rows)
    topic, spoken = documents[quoted.dispute.sides[0].document].topic(quoted.dispute.topic, language)
    return [DisagreementOut(topic=topic, language=spoken, statements=statements)]


def examples(
    candidates: Iterable[str], rows: Sequence[Weighed], documents: dict[str, Document], language: str = "en"
) -> list[ExampleOut]:
    """Up to three documents with a summary, in the order given; those that the answer quotes carry its citation numbers."""
    numbers: dict[str, list[int]] = {}
    for number, row in enumerate(rows, 1):
        numbers.setdefault(row.document, []).append(number)
    chosen = [documents[one] for one in dict.fromkeys(candidates) if documents[one].summary][:MOST_EXAMPLES]
    return [
        _example(one, numbers.get(one.id, []), _why(one, chosen[0], bool(numbers.get(one.id)), language), language)
        for one in chosen
    ]


def _example(document: Document, numbers: list[int], why: str, language: str) -> ExampleOut:
    return ExampleOut(
        document=document.id,
        version=document.version,
        **head(document, language),
        summary=document.telling(language).summary,
        citations=numbers,
        why=why,
    )


def _why(document: Document, best: Document, is_quoted: bool, language: str) -> str:
    """What an example has in common with the best one, in words of the lists."""
    say = wording(language)
    if document is best:
        return say.t("why.quoted" if is_quoted else "why.nearest")
    shared = [
        say.t(f"comparable.{name}", names=say.listed([labels(name, language)[word].lower() for word in words[:2]]))
        for name in ("themes", "settings")
        if (words := [one for one in getattr(document.facets, name) if one in getattr(best.facets, name)])
    ]
    return say.parted(shared) if shared else say.t("why.quoted" if is_quoted else "why.near")


def elsewhere(
    question: Question, rows: Sequence[Weighed], documents: dict[str, Document], language: str = "en"
) -> list[NoticeOut]:
    """A notice where the answer's cases are not from the asker's own place."""
    for place, written in zip(question.own_places, question.own_written, strict=True):
        terms = set(analyse(place))
        texts = (f"{documents[row.document].keywords} {row.entry.passage.context} {row.text}" for row in rows)
        if not any(terms <= set(analyse(text)) for text in texts):
            return [NoticeOut(code="elsewhere", text=wording(language).t("answer.elsewhere", place=written))]
    return []


def partly_understood(question: Question, language: str) -> list[NoticeOut]:
    """A notice where under half of the question's words mean something here: which ones."""
    if question.language == "en" or not question.understood or understood_share(question) >= HALF:
        return []
    say = wording(language)
    return [NoticeOut(code="words", text=say.t("answer.words", words=say.listed(list(question.understood))))]


def superseded(rows: Sequence[Weighed], documents: dict[str, Document], language: str = "en") -> list[NoticeOut]:
    newer = {one.supersedes: one for one in documents.values() if one.supersedes}
    quoted = dict.fromkeys(row.document for row in rows if row.document in newer)
    return [
        NoticeOut(
            code="superseded",
            text=wording(language).t(
                "answer.superseded", old=documents[one].telling(language).title, new=newer[one].telling(language).title
            ),
        )
        for one in quoted
    ]


def head(document: Document, language: str = "en") -> dict[str, Any]:
    """What stands above every document: its title with the language of that, where and when."""
    about, telling = document.facets, document.telling(language)
    years = YearsOut(start=about.years[0], end=about.years[1]) if about.years else None
    return {
        "title": telling.title,
        "language": telling.language,
        "countries": list(about.countries),
        "place": about.place,
        "years": years,
    }


def case(document: Document, why: Sequence[str] = (), language: str = "en") -> CaseOut:
    about = document.facets
    return CaseOut(
        id=document.id,
        version=document.version,
        **head(document, language),
        kind=about.kind or "",
        regions=list(about.regions),
        themes=list(about.themes),
        settings=list(about.settings),
        methods=list(about.methods),
        summary=document.telling(language).summary,
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
        **head(document, document.language),
        origin=document.origin,
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
