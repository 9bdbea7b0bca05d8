"""What is ingested: documents, their passages, their sentences. All values are frozen."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.lists import regions_of

Origin = Literal["brief", "document"]


@dataclass(frozen=True)
class Publication:
    """A source as a citation shows it: what says so, whose voice, by what method, what was really read."""

    id: str
    label: str
    title: str
    url: str | None
    year: int | None
    method: str
    voice: str
    checked: str


@dataclass(frozen=True)
class Sentence:
    """`start` and `end` are character offsets into the text that holds the sentence; `sources` are publication ids;
    `questions` are those that it answers, in the words of those who ask: found by, and never shown as its text."""

    start: int
    end: int
    sources: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A run of text under one heading. `page_starts` holds (offset, page number from 1) where the text comes from pages."""

    heading: str
    text: str
    sentences: tuple[Sentence, ...]
    page_starts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Facets:
    """What a document can be filtered and compared by."""

    kind: str | None = None
    countries: tuple[str, ...] = ()
    place: str | None = None
    years: tuple[int, int | None] | None = None
    themes: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    reach: tuple[int, str] | None = None  # how many of what: 14000 households

    @property
    def regions(self) -> tuple[str, ...]:
        """The M49 codes of the regions that its countries lie in."""
        return tuple(dict.fromkeys(region for code in self.countries for region in regions_of(code)))


@dataclass(frozen=True)
class Side:
    """One answer to a question on which publications differ: the sentence that states it, and the ids of those that say so."""

    text: str
    publications: tuple[str, ...]


@dataclass(frozen=True)
class Disagreement:
    """A question on which publications differ; one side only where a single sentence states them all."""

    topic: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Translation:
    """What a document is called in another language, questions that it answers, in that language's own words, and the topics of
    its disagreements, in their order."""

    title: str
    questions: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Telling:
    """Title and summary in one language."""

    title: str
    summary: str
    language: str


@dataclass(frozen=True)
class Document:
    """`version` is the hash of everything that the document was made from."""

    id: str
    version: str
    title: str
    origin: Origin
    language: str
    parts: tuple[Part, ...]
    collection: str = "public"
    rights: str | None = None
    keywords: str = ""  # found by BM25 and never shown: countries, regions and the place that the text takes for granted
    as_of: str | None = None
    summary: dict[str, str] = field(default_factory=dict)
    translations: dict[str, Translation] = field(default_factory=dict)
    facets: Facets = Facets()
    publications: tuple[Publication, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    supersedes: str | None = None

    def telling(self, language: str) -> Telling:
        """Title and summary in that language where both are, else in its own."""
        if language in self.translations and language in self.summary:
            return Telling(self.translations[language].title, self.summary[language], language)
        return Telling(self.title, self.summary.get(self.language, ""), self.language)

    def topic(self, topic: str, language: str) -> tuple[str, str]:
        """The topic of a disagreement and its language: that asked for, where it is translated, else its own."""
        topics = [one.topic for one in self.disagreements]
        if language in self.translations and topic in topics:
            return self.translations[language].topics[topics.index(topic)], language
        return topic, self.language

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Document":
        facets = data["facets"]
        years = tuple(facets["years"]) if facets["years"] else None
        reach = tuple(facets["reach"]) if facets["reach"] else None
        lists = {name: tuple(facets[name]) for name in ("countries", "themes", "settings", "methods")}
        return cls(
            **{
                **data,
                "parts": tuple(_part(part) for part in data["parts"]),
                "facets": Facets(**{**facets, **lists, "years": years, "reach": reach}),
                "publications": tuple(Publication(**one) for one in data["publications"]),
                "disagreements": tuple(_disagreement(one) for one in data["disagreements"]),
                "translations": {language: _translation(one) for language, one in data["translations"].items()},
            }
        )


@dataclass(frozen=True)
class Locator:
    """Where a reader finds a passage: a section of a brief, or pages of a document."""

    kind: Literal["section", "page"]
    label: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Passage:
    """What is retrieved. Sentence offsets count from the start of `text`; `context` is what the encoder reads before it."""

    document: str
    version: str
    ordinal: int
    heading: str
    context: str
    text: str
    locator: Locator
    sentences: tuple[Sentence, ...]
    sentences_stand_alone: bool = False  # those of a brief do; those of a document lean on their neighbours

    @property
    def id(self) -> str:
        return f"{self.document}@{self.version}#{self.ordinal}"

    @property
    def questions(self) -> list[str]:
        """Those that its sentences answer, in the order of the sentences."""
        return [question for sentence in self.sentences for question in sentence.questions]

    def quote(self, sentence: Sentence) -> str:
        return self.text[sentence.start : sentence.end]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Passage":
        locator = data["locator"]
        return cls(
            **{
                **data,
                "locator": Locator(locator["kind"], locator["label"], tuple(locator["pages"])),
                "sentences": _sentences(data["sentences"]),
            }
        )


def _disagreement(data: dict[str, Any]) -> Disagreement:
    return Disagreement(data["topic"], tuple(Side(one["text"], tuple(one["publications"])) for one in data["sides"]))


def _translation(data: dict[str, Any]) -> Translation:
    return Translation(data["title"], tuple(data["questions"]), tuple(data["topics"]))


def _part(data: dict[str, Any]) -> Part:
    starts = tuple((offset, page) for offset, page in data["page_starts"])
    return Part(data["heading"], data["text"], _sentences(data["sentences"]), starts)


def _sentences(rows: list[dict[str, Any]]) -> tuple[Sentence, ...]:
    return tuple(Sentence(row["start"], row["end"], tuple(row["sources"]), tuple(row["questions"])) for row in rows)


def to_json(value: object) -> str:
    """A document, a passage or parts of one; `from_json` reads it back."""
    return json.dumps(value, ensure_ascii=False, default=vars)
