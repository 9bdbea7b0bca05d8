"""Our own question sets in YAML, and how they are read. Unknown keys are errors."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Fact = list[str]  # accepted wordings of one fact, any of which will do


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


class Comparable(_Strict):
    """A description of someone's own place or trouble, and the cases that a trainer would accept as like it."""

    id: str
    question: str
    accepted: list[str] = Field(min_length=1)


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
