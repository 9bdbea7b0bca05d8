"""CLAP NQ: does the best sentence tell an answerable question from one that its passage cannot answer, and is it a gold one?

The sentences are weighed as the service weighs them, without a library around them: by cosine and by the question's terms.
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evals.public import data_folder
from ingest.catalog import Entry
from ingest.documents import Locator, Passage, Sentence
from ingest.encoder import Encoder
from ingest.lexical import analyse
from service.evidence import TERMS, share_covered, weights
from service.language import content_terms


@dataclass(frozen=True)
class Weighed:
    """One question's best sentence: its strength, whether it is a gold one, and whether the question has an answer."""

    strength: float
    gold: bool
    answerable: bool


def run_clapnq(encoder: Encoder) -> dict[str, float]:
    """`AUROC` of answerable against not by the best sentence; `top sentence gold` among the answerable."""
    folder = data_folder() / "retrieval"
    rows = [(row, label) for label in (True, False) for row in _rows(folder, label)]
    passages = [_passage(row["passages"][0], number) for number, (row, _) in enumerate(rows)]
    entries = [Entry(0, one.passage, one.vector, one.sentences) for one in encoder.passages(passages)]
    frequency = Counter(term for passage in passages for term in set(analyse(passage.text)))
    weighed = [
        _weigh(encoder, row, entry, frequency, len(passages), label) for (row, label), entry in zip(rows, entries, strict=True)
    ]
    answerable = [one for one in weighed if one.answerable]
    return {
        "CLAP NQ, answerable or not: AUROC": auroc(
            [one.strength for one in answerable], [one.strength for one in weighed if not one.answerable]
        ),
        "CLAP NQ, top sentence is gold": sum(one.gold for one in answerable) / len(answerable),
    }


def auroc(positive: list[float], negative: list[float]) -> float:
    """The chance that a positive scores above a negative, ties counting half."""
    above = np.array(positive)[:, None] - np.array(negative)[None, :]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def _rows(folder: Path, answerable: bool) -> list[dict[str, Any]]:
    name = f"clapnq_dev_{'answerable' if answerable else 'unanswerable'}.jsonl"
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def _passage(data: dict[str, Any], number: int) -> Passage:
    text, sentences = "", []
    for sentence in data["sentences"]:
        sentences.append(Sentence(len(text), len(text) + len(sentence)))
        text += sentence + " "
    return Passage("clapnq", "1", number, "", f"{data['title']}.", text, Locator("section", ""), tuple(sentences))


def _weigh(
    encoder: Encoder, row: dict[str, Any], entry: Entry, frequency: Counter[str], total: int, answerable: bool
) -> Weighed:
    shares = weights({term: frequency[term] for term in content_terms(row["input"])}, total)
    cosines = entry.sentences @ encoder.query(row["input"])
    strengths = [
        float(c) + TERMS * share_covered(shares, terms, entry.context_terms)
        for c, terms in zip(cosines, entry.terms, strict=True)
    ]
    best = int(np.argmax(strengths))
    gold = row["output"][0]["selected_sentences"]
    return Weighed(strengths[best], entry.passage.quote(entry.passage.sentences[best]) in gold, answerable)
