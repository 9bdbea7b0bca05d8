"""The HTTP contract: what is asked, what is answered. Field by field as in the OpenAPI document at /docs."""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic.config import JsonDict

from corpus.figures import LANGUAGES
from corpus.lists import LISTS, REGIONS, country, country_codes, listed, region
from service.retrieval import Filters

MOST_CHARACTERS = 2000
MOST_WORDS = 50  # in one filter

Outcome = Literal["answered", "partial", "not_found", "unclear"]
Support = Literal["quoted", "supported", "partly"]
Reason = Literal["off_topic", "wrong", "outdated", "hard", "other"]
Code = Literal["visitor_limit", "address_limit", "day_limit", "site_unknown", "site_paused", "token_refused", "too_long"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class YearsFilter(_Model):
    start: int | None = Field(default=None, alias="from", ge=1800, le=2200)
    end: int | None = Field(default=None, alias="to", ge=1800, le=2200)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"the years run backwards: write {self.end} as `from` and {self.start} as `to`")
        return self


def _words(words: Iterable[str]) -> JsonDict:
    return {"items": {"type": "string", "enum": list(words)}}


def _listed(name: str) -> Any:
    return Field(default=[], max_length=MOST_WORDS, json_schema_extra=_words(LISTS[name]))


class ListFilters(_Model):
    """Empty means any."""

    countries: list[Annotated[str, country()]] = Field(
        default=[], description="ISO 3166-1 alpha-3", max_length=MOST_WORDS, json_schema_extra=_words(country_codes())
    )
    regions: list[Annotated[str, region()]] = Field(
        default=[], description="UN M49", max_length=MOST_WORDS, json_schema_extra=_words(REGIONS)
    )
    themes: list[Annotated[str, listed("themes")]] = _listed("themes")
    settings: list[Annotated[str, listed("settings")]] = _listed("settings")
    kinds: list[Annotated[str, listed("kinds")]] = _listed("kinds")
    methods: list[Annotated[str, listed("methods")]] = _listed("methods")

    def to_filters(self) -> Filters:
        return Filters(
            countries=tuple(self.countries),
            regions=tuple(self.regions),
            themes=tuple(self.themes),
            settings=tuple(self.settings),
            kinds=tuple(self.kinds),
            methods=tuple(self.methods),
        )


class AskFilters(ListFilters):
    years: YearsFilter = YearsFilter()

    def to_filters(self) -> Filters:
        return replace(super().to_filters(), year_from=self.years.start, year_to=self.years.end)


class CasesQuery(ListFilters):
    """The address of a list of cases: filters, and words that a case holds, the last as a beginning."""

    q: str = Field(default="", max_length=200)

    @field_validator("countries", "regions", "themes", "settings", "kinds", "methods", mode="before")
    @classmethod
    def _given(cls, words: list[str]) -> list[str]:
        """Without the empty ones that a form sends for what was left open."""
        return [word for word in words if word]


class Ask(_Model):
    """A question of 1 to 2,000 characters."""

    question: str = Field(json_schema_extra={"minLength": 1, "maxLength": MOST_CHARACTERS})
    language: Literal["auto", *LANGUAGES] = Field(default="auto", description="of the answer: auto is that of the question")  # type: ignore[valid-type]
    interface: Literal[*LANGUAGES] | None = Field(  # type: ignore[valid-type]
        default=None, description="of the page where it is asked: decides where a question is too short to tell its language"
    )
    conversation: str | None = Field(default=None, max_length=64)
    site: str | None = Field(default=None, max_length=64)
    filters: AskFilters = AskFilters()

    @field_validator("question")
    @classmethod
    def _askable(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("the question is empty: write what you want to know")
        if len(text) > MOST_CHARACTERS:
            raise ValueError(f"the question has {len(text)} characters: shorten it to {MOST_CHARACTERS}")
        if any(unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\r\t" for one in text):
            raise ValueError("the question holds control characters: remove them and ask again")
        return text


class SourceOut(_Model):
    """A publication behind a quoted sentence."""

    id: str
    label: str
    title: str
    url: str | None
    year: int | None
    method: str
    voice: str
    checked: str


class LocatorOut(_Model):
    kind: Literal["section", "page"]
    label: str
    pages: list[int]


class CitationOut(_Model):
    """A quote where it stands: `start` and `end` are offsets into the passage. No sources: Rightkey's own inference.

    `href` opens it on the ask page: resolve it against that page's address.
    """

    number: int
    id: str
    document: str
    version: str
    passage: str
    title: str
    origin: Literal["brief", "document"]
    quote: str
    language: str
    start: int
    end: int
    translation: str | None = None
    locator: LocatorOut
    as_of: str | None
    sources: list[SourceOut]
    href: str


class StatementOut(_Model):
    """One sentence of the answer; `citations` are citation numbers."""

    text: str
    language: str
    citations: list[int]
    support: Support
    translated_from: str | None = None


class YearsOut(_Model):
    """`to` is null while it goes on."""

    start: int = Field(serialization_alias="from")
    end: int | None = Field(serialization_alias="to")


class GroupOut(_Model):
    """Statements (indexes) from one document; `language` is that of the title."""

    document: str
    title: str
    language: str
    countries: list[str]
    place: str | None
    years: YearsOut | None
    statements: list[int]


class DisagreementOut(_Model):
    """Statements (indexes) that answer `topic` differently, or the one that gives all its answers."""

    topic: str
    language: str
    statements: list[int]


class ExampleOut(_Model):
    """A document worth reading; `language` is that of title and summary, `citations` are the numbers that quote it, `why` says
    why it is shown."""

    document: str
    version: str
    title: str
    countries: list[str]
    place: str | None
    years: YearsOut | None
    summary: str
    language: str
    citations: list[int]
    why: str


class MissingOut(_Model):
    """Something asked about that no passage here covers."""

    kind: Literal["place", "person", "programme", "year", "topic"]
    text: str


class NoticeOut(_Model):
    """Something that the reader should know about this answer."""

    code: Literal["fallback", "ocr", "superseded", "stale", "elsewhere", "language", "unclear", "words"]
    text: str


class EngineOut(_Model):
    kind: Literal["quoting", "writing"] = "quoting"
    model: str | None = None
    fallback: str | None = None
    prompts: str | None = None


class LibraryOut(_Model):
    version: str
    documents: int


class Answer(_Model):
    """Statements with citations, grouped by document; or, kindly, what is missing."""

    id: str
    conversation: str | None
    question: str = Field(json_schema_extra={"minLength": 1, "maxLength": MOST_CHARACTERS})
    language: str
    outcome: Outcome
    statements: list[StatementOut] = []
    groups: list[GroupOut] = []
    disagreements: list[DisagreementOut] = []
    examples: list[ExampleOut] = []
    nearest: list[ExampleOut] = []
    citations: list[CitationOut] = []
    missing: list[MissingOut] = []
    follow_ups: list[str] = []
    notices: list[NoticeOut] = []
    engine: EngineOut = EngineOut()
    library: LibraryOut
    took_ms: float


class SentenceOut(_Model):
    start: int
    end: int
    sources: list[str]


class PassageOut(_Model):
    id: str
    heading: str
    locator: LocatorOut
    text: str
    sentences: list[SentenceOut]


class StageOut(_Model):
    """What the service is at, as the first event of a stream."""

    name: Literal["retrieving"] = "retrieving"


class DocumentOut(_Model):
    """A document as it was in one version; `current` says whether it is the published one."""

    id: str
    version: str
    current: bool
    title: str
    origin: Literal["brief", "document"]
    language: str
    kind: str | None
    countries: list[str]
    place: str | None
    years: YearsOut | None
    regions: list[str]
    themes: list[str]
    settings: list[str]
    as_of: str | None
    summary: str
    passages: list[PassageOut]
    sources: list[SourceOut]


class CaseOut(_Model):
    """A brief as a list shows it. `why` names what it has in common with another, where it is listed beside one."""

    id: str
    version: str
    title: str
    kind: str
    countries: list[str]
    regions: list[str]
    place: str | None
    years: YearsOut | None
    themes: list[str]
    settings: list[str]
    methods: list[str]
    summary: str
    language: str
    as_of: str | None
    why: list[str] = []


class CountOut(_Model):
    """How many cases of the list have this value, were it chosen beside the other filters."""

    value: str
    label: str
    count: int


class CasesOut(_Model):
    """The cases that pass, by title; `facets` count what further choice there is."""

    total: int
    cases: list[CaseOut]
    facets: dict[str, list[CountOut]]


class Meta(_Model):
    """What a client needs to draw itself. Limits: characters of a `question`, days that an answer is kept (`answer_days`)."""

    name: str
    version: str
    languages: list[str]
    suggested: list[str]
    labels: dict[str, dict[str, str]]
    library: LibraryOut
    limits: dict[str, int]


class Feedback(_Model):
    """What a reader thought of a kept answer. `reason` says what was wrong with it."""

    answer: str = Field(max_length=64)
    site: str | None = Field(default=None, max_length=64)
    verdict: Literal["up", "down"]
    reason: Reason | None = None
    comment: str = Field(default="", max_length=500)


class Visit(_Model):
    """Someone opens the panel of a site."""

    site: str = Field(max_length=64)


class SiteOut(_Model):
    """What the panel of a site knows of it: `greeting` by language, `characters` that a question may have."""

    greeting: dict[str, str]
    characters: int


class VisitOut(_Model):
    """A visitor's `token` for the header `Authorization: Bearer`, good for so many `seconds`."""

    token: str
    seconds: int
    site: SiteOut


class Problem(_Model):
    """RFC 9457. `detail` names the cure; `code` is for a program that has words of its own for it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: Code | None = None


LABELLED = ("kinds", "methods", "voices", "checked", "themes", "settings")
