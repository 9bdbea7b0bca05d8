"""A brief: its front matter, its sections, its cited sentences."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.figures import LANGUAGES
from corpus.lists import country, listed

OWN_VOICE = "For another place"
SECTIONS = ("Setting", "What was done", "Results", "What it took", "Limits and debate", OWN_VOICE)
_ONE = r"@[a-z0-9][a-z0-9-]*(?:, [^;\[\]@]+)?"
CITATION = re.compile(rf"\s*\[{_ONE}(?:; {_ONE})*\]")
_KEY = re.compile(r"@([a-z0-9][a-z0-9-]*)")


class _Yaml(yaml.SafeLoader):
    """YAML whose dates stay text: the schema reads them, and names the line of one that no calendar has."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


class BriefError(ValueError):
    """A brief cannot be read: `line` (from 1), what is wrong, and the cure."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Years(_Strict):
    """`to: null` while it goes on."""

    start: int = Field(alias="from", ge=1800, le=2200)
    end: int | None = Field(default=None, alias="to", ge=1800, le=2200)

    @model_validator(mode="after")
    def _in_order(self) -> "Years":
        if self.end is not None and self.end < self.start:
            raise ValueError(f"years run backwards: {self.start} to {self.end}")
        return self


class Reach(_Strict):
    count: int = Field(ge=0)
    unit: str
    note: str | None = None


class Cost(_Strict):
    amount: float
    currency: str
    year: int | None = None
    per: str | None = None


class Dispute(_Strict):
    """A question on which sources of this brief give different answers: the opening words of a sentence for each side, or of
    the one sentence that gives both."""

    topic: str = Field(min_length=8)
    sides: list[Annotated[str, Field(min_length=8)]] = Field(min_length=1)


class Translation(_Strict):
    """What a reader of another language is shown beside the summary: the title, questions that the brief answers, in that
    language's own words, and the topics of its disputes, in their order."""

    title: str = Field(min_length=2, max_length=160)
    questions: list[Annotated[str, Field(min_length=4, max_length=200)]] = Field(min_length=1)
    topics: list[Annotated[str, Field(min_length=4)]] = []


class FrontMatter(_Strict):
    """The YAML head of a brief. Unknown keys are errors."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    kind: Annotated[str, listed("kinds")]
    title: str = Field(min_length=5, max_length=120)
    countries: list[Annotated[str, country()]] = Field(min_length=1)
    place: str | None
    years: Years | None
    themes: list[Annotated[str, listed("themes")]] = Field(min_length=1)
    setting: list[Annotated[str, listed("settings")]] = Field(min_length=1)
    reach: Reach | None
    cost: Cost | None
    as_of: datetime.date
    reviewed: datetime.date
    supersedes: str | None
    disputes: list[Dispute] = []
    summary: dict[str, str]
    summary_review: dict[str, Literal["draft", "reviewed"]] = {}
    translations: dict[str, Translation] = {}

    @model_validator(mode="after")
    def _english_summary(self) -> "FrontMatter":
        if not self.summary.get("en", "").strip():
            raise ValueError("summary.en is missing: write it in at most 60 words")
        return self

    @model_validator(mode="after")
    def _reviewed_summaries(self) -> "FrontMatter":
        if unknown := (self.summary.keys() | self.summary_review.keys()) - set(LANGUAGES):
            raise ValueError(f"summary: {', '.join(sorted(unknown))} is none of {', '.join(LANGUAGES)}")
        translated = self.summary.keys() - {"en"}
        for language in sorted(translated ^ self.summary_review.keys()):
            raise ValueError(f"summary_review.{language}: say draft or reviewed for each translated summary, and for no other")
        return self

    @model_validator(mode="after")
    def _whole_translations(self) -> "FrontMatter":
        if strange := self.translations.keys() - (self.summary.keys() - {"en"}):
            raise ValueError(f"translations.{min(strange)}: write summary.{min(strange)}, too, or remove it")
        for language, translation in self.translations.items():
            if len(translation.topics) != len(self.disputes):
                raise ValueError(
                    f"translations.{language}: give a topic for each of the {len(self.disputes)} disputes, in their order"
                )
        return self


@dataclass(frozen=True)
class CitedSentence:
    """One line of a brief: `text` without its citations, the source ids that it cites, the line it stands on, and the
    questions above it, in the words of those who ask, that it answers."""

    text: str
    sources: tuple[str, ...]
    line: int
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    heading: str
    line: int
    sentences: tuple[CitedSentence, ...]

    @property
    def text(self) -> str:
        """The section as it is published: its sentences, citations removed, joined by a space."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True)
class Brief:
    head: FrontMatter
    sections: tuple[Section, ...]
    lines: Mapping[str, int] = field(default_factory=dict)
    """Where the keys of the front matter stand, from 1: `reach`, and `summary.fr` for what is within another."""

    def line_of(self, key: str) -> int:
        """Where a key of the front matter stands; 1 where it does not."""
        return self.lines.get(key, self.lines.get(key.split(".")[0], 1))

    def sides_of(self, dispute: Dispute) -> list[list[CitedSentence]]:
        """For each side the cited sentences that open with its words: one, in a brief that passes the checker."""
        sentences = [one for section in self.sections for one in section.sentences if one.sources]
        return [[one for one in sentences if one.text.startswith(opening)] for opening in dispute.sides]

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids of the sources that the brief cites, in order of first use."""
        return tuple(dict.fromkeys(key for s in self.sections for one in s.sentences for key in one.sources))


def read_brief(path: Path) -> Brief:
    """Parse one brief. Raises BriefError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BriefError(1, f"not UTF-8 ({error.reason} at byte {error.start}): save it as UTF-8") from error
    head, body, first = _split(text)
    brief = Brief(_front_matter(head), tuple(_sections(body, first)), _key_lines(head))
    if brief.head.id != path.stem:
        raise BriefError(2, f"id {brief.head.id!r} is not the file's name: call one as the other")
    return brief


def _split(text: str) -> tuple[str, list[str], int]:
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---":
        raise BriefError(1, "no front matter: the first line must be ---")
    try:
        end = lines.index("---", 1)
    except ValueError:
        raise BriefError(1, "the front matter does not end: close it with a line ---") from None
    return "\n".join(lines[1:end]), lines[end + 1 :], end + 2


def _front_matter(text: str) -> FrontMatter:
    try:
        data: Any = yaml.load(text, _Yaml)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        raise BriefError(line, f"the front matter is not YAML: {error.problem}. Put text with a colon in quotes") from None
    except (yaml.YAMLError, ValueError, AttributeError, TypeError, KeyError, RecursionError) as error:
        # PyYAML lets its own errors out on odd dates, tags and anchors
        raise BriefError(2, f"the front matter is not YAML ({error}). Put odd text in quotes") from None
    if not isinstance(data, dict):
        raise BriefError(2, "the front matter must be keys and values, as in corpus/README.md")
    try:
        return FrontMatter.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        cure = {
            "extra_forbidden": "remove the key, or spell it as in corpus/README.md",
            "missing": "add the key (null where nothing is known)",
        }.get(first["type"], str(first["msg"]).removeprefix("Value error, "))
        raise BriefError(_line_of(text, first["loc"]), f"{where or 'front matter'}: {cure}") from None


def _key_lines(head: str) -> dict[str, int]:
    found: dict[str, int] = {}
    outer = ""
    for number, line in enumerate(head.splitlines(), 2):
        if key := re.match(r"([\w-]+):", line):
            outer = key[1]
            found[outer] = number
        elif key := re.match(r"  ([\w-]+):", line):
            found.setdefault(f"{outer}.{key[1]}", number)
    return found


def _line_of(head: str, where: tuple[int | str, ...]) -> int:
    key = str(where[0]) if where else ""
    numbered = enumerate(head.splitlines(), 2)
    return next((n for n, line in numbered if line.startswith(f"{key}:")), 2)


def _sections(lines: list[str], first: int) -> list[Section]:
    sections: list[Section] = []
    heading, started, sentences, questions = "", first, list[CitedSentence](), list[str]()
    for number, line in enumerate([*lines, "## "], first):
        if questions and not line.startswith("? ") and (line.startswith("#") or not line.strip()):
            raise BriefError(number - 1, "a question without an answer: put it on the line above the sentence that answers it")
        if line.startswith("## "):
            if heading:
                sections.append(Section(heading, started, tuple(sentences)))
            heading, started, sentences = line[3:].strip(), number, []
        elif line.startswith("#"):
            raise BriefError(number, "only headings of the second level: ## Setting")
        elif line.strip():
            if not heading:
                raise BriefError(number, "text before the first heading: put it under ## Setting")
            if line.startswith("? "):
                questions.append(line[2:].strip())
            else:
                sentences.append(replace(_sentence(line.strip(), number), questions=tuple(questions)))
                questions = []
    return sections


def _sentence(line: str, number: int) -> CitedSentence:
    keys = tuple(dict.fromkeys(key for mark in CITATION.findall(line) for key in _KEY.findall(mark)))
    return CitedSentence(CITATION.sub("", line), keys, number)
