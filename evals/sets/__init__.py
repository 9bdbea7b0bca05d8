"""Our own question sets in YAML, and how they are read. Unknown keys are errors."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Fact = list[str]  # accepted wordings of one fact, any of which will do


Need = TypeVar("Need", "Answerable", "Refusable")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Answerable(_Strict):
    """`facts` must all stand in the answer; `also` are facts that make a quote relevant without being asked for."""

    id: str
    kind: Literal["figure", "open", "context", "disagreement"]
    question: str
    documents: list[str] = Field(min_length=1)
    facts: list[Fact] = Field(min_length=1)
    also: list[Fact] = []


class Refusable(_Strict):
    """`near` the domain or far from it; `missing` is what a good reply names."""

    id: str
    question: str
    near: bool
    expect: Literal["not_found", "partial"]
    missing: list[str] = []


class QuestionSet(_Strict):
    answer: list[Answerable]
    refuse: list[Refusable]

    @model_validator(mode="after")
    def _distinct(self) -> "QuestionSet":
        ids = [*(one.id for one in self.answer), *(one.id for one in self.refuse)]
        if len(set(ids)) != len(ids):
            raise ValueError("two questions have the same id")
        return self

    def half(self, *, even: bool) -> "QuestionSet":
        """Every second question: the odd ones (1st, 3rd, …) are for choosing, the even ones for reporting."""
        start = 1 if even else 0
        return QuestionSet(answer=self.answer[start::2], refuse=self.refuse[start::2])


class Asked(_Strict):
    """A question in another language that wants to know the same as `need`, one of the core set or the refusals; `english` is
    what an interpreter made of it."""

    id: str
    language: str
    need: str
    question: str
    english: str = Field(min_length=1)
    missing: list[str] = []  # of a refusal: what a good reply names, in the words of this question


class Multilingual(_Strict):
    answer: list[Asked]
    refuse: list[Asked]

    def of(self, language: str) -> QuestionSet:
        """The questions of one language, with the documents and facts of their needs."""
        asked = self._with_needs(language, lambda one: one.question)
        named = {one.id: one.missing for one in self.refuse}
        return asked.model_copy(update={"refuse": [_as(one, missing=named[one.id]) for one in asked.refuse]})

    def interpreted(self, language: str) -> QuestionSet:
        """The same questions in English."""
        return self._with_needs(language, lambda one: one.english)

    def _with_needs(self, language: str, asks: Callable[[Asked], str]) -> QuestionSet:
        core = read_core()
        answers, refusals = {one.id: one for one in core.answer}, {one.id: one for one in core.refuse}
        own = [one for one in self.answer if one.language == language]
        refuse = [one for one in self.refuse if one.language == language]
        return QuestionSet(
            answer=[_as(answers[one.need], id=one.id, question=asks(one)) for one in own],
            refuse=[_as(refusals[one.need], id=one.id, question=asks(one)) for one in refuse],
        )

    def needs_of(self, language: str) -> QuestionSet:
        """What they want to know, in English."""
        core = read_core()
        asked = {one.need for one in [*self.answer, *self.refuse] if one.language == language}
        return QuestionSet(
            answer=[one for one in core.answer if one.id in asked], refuse=[one for one in core.refuse if one.id in asked]
        )


def _as(need: Need, **other: object) -> Need:
    return need.model_copy(update=other)


class Comparable(_Strict):
    """A description of someone's own place or trouble, and the cases that a trainer would accept as like it."""

    id: str
    question: str
    accepted: list[str] = Field(min_length=1)


def read_multilingual(name: str = "multilingual") -> Multilingual:
    """multilingual.yaml, or multilingual-held.yaml."""
    return Multilingual.model_validate(yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")))


def read_comparable() -> list[Comparable]:
    """comparable.yaml."""
    written = yaml.safe_load((Path(__file__).parent / "comparable.yaml").read_text(encoding="utf-8"))
    return [Comparable.model_validate(one) for one in written]


def read_set(name: str) -> QuestionSet:
    """The set `name`.yaml of this folder."""
    return QuestionSet.model_validate(yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")))


def read_core() -> QuestionSet:
    """The questions with an answer of core.yaml and those to be refused of refusal.yaml."""
    return QuestionSet(answer=read_set("core").answer, refuse=read_set("refusal").refuse)
