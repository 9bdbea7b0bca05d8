"""Public retrieval sets that nobody here wrote: XQuAD, Cranfield, CLAP NQ, as documents and questions."""

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import Document, Part
from ingest.sentences import split_sentences


def data_folder() -> Path:
    """Where the public sets lie: RIGHTKEY_TEST_DATA, by default ../shared/data beside the checkout."""
    return Path(os.environ.get("RIGHTKEY_TEST_DATA") or Path(__file__).parents[1] / "../shared/data").resolve()


@dataclass(frozen=True)
class Question:
    """`relevant` maps document ids to grades above 0."""

    id: str
    text: str
    relevant: dict[str, int]


@dataclass(frozen=True)
class RetrievalSet:
    name: str
    documents: list[Document]
    questions: list[Question]

    def half(self, even: bool) -> list[Question]:
        """Every second question: the odd ones (1st, 3rd, …) are for choosing, the even ones for reporting."""
        return self.questions[1 if even else 0 :: 2]


def as_document(identity: str, text: str, title: str = "") -> Document:
    part = Part("", text, split_sentences(text, "en"))
    return Document(identity, hashlib.blake2b(text.encode(), digest_size=8).hexdigest(), title, "document", "en", (part,))


def xquad(language: str = "en") -> RetrievalSet:
    """240 English paragraphs; 1,190 questions in `language`."""
    folder = data_folder() / "retrieval"
    texts = _paragraphs(folder / "xquad.en.json")
    documents = [as_document(f"p{number}", one["context"]) for number, one in enumerate(texts)]
    asked = _paragraphs(folder / f"xquad.{language}.json")
    questions = [Question(qa["id"], qa["question"], {f"p{number}": 1}) for number, one in enumerate(asked) for qa in one["qas"]]
    return RetrievalSet(f"XQuAD {language}", documents, questions)


def _paragraphs(path: Path) -> list[dict]:  # type: ignore[type-arg]
    return [paragraph for article in json.loads(path.read_text())["data"] for paragraph in article["paragraphs"]]


def cranfield() -> RetrievalSet:
    """1,400 abstracts (their text opens with the title), 225 queries.

    Every grade above 0 is relevant alike: the file ranks 1 as the best and 4 as the least."""
    folder = data_folder() / "retrieval"
    abstracts = _smart(folder / "cran.all.1400")
    documents = [as_document(number, fields["W"]) for number, fields in abstracts if fields.get("W", "").strip()]
    grades: dict[int, dict[str, int]] = {}
    for line in (folder / "cranqrel").read_text().splitlines():
        query, document, grade = (int(value) for value in line.split()[:3])
        if grade > 0:
            grades.setdefault(query, {})[str(document)] = 1
    # the judgements number the queries 1 to 225 in the order of the file, not by their .I lines
    queries = [fields["W"] for _, fields in _smart(folder / "cran.qry")]
    questions = [Question(str(n), text, grades.get(n, {})) for n, text in enumerate(queries, 1) if grades.get(n)]
    return RetrievalSet("Cranfield", documents, questions)


def _smart(path: Path) -> list[tuple[str, dict[str, str]]]:
    """The SMART format: `.I number`, then fields `.T`, `.W`, …"""
    records = []
    for block in re.split(r"^\.I ", path.read_text(), flags=re.M)[1:]:
        number, _, rest = block.partition("\n")
        fields = re.split(r"^\.([A-Z])\n", rest, flags=re.M)[1:]
        pairs = zip(fields[::2], fields[1::2], strict=True)
        records.append((number.strip(), {name: " ".join(text.split()) for name, text in pairs}))
    return records
