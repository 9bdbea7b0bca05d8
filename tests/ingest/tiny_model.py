"""Small multilingual models, made, asked and exported in a process of their own: `python tiny_model.py FOLDER`.

Random weights, but the shapes of the real ones: XLM-RoBERTa by its mean, XLM-RoBERTa by its first token (as bge-m3), and BERT over
XLM-RoBERTa's tokenizer (as multilingual-e5-small). Prints {model: its own vectors of TEXTS}, made with the prefixes in PREFIXES,
and why a bge-m3 that pools by its mean is refused.
"""

import json
import sys
import warnings
from itertools import product
from pathlib import Path
from typing import Any

from ingest.encoder import EncoderMissing, Model

TEXTS = [
    "Goats were given to poor families. They died within weeks.",
    "Сколько семей получили козы? Они умерли через неделю.",
    "كم عدد الأسر التي حصلت على الماعز؟",
    "贫困县的农户得到了小额贷款,三年后收入增加了。",
    "गरीब परिवारों को बकरियाँ दी गईं।",
    "গরিব পরিবারগুলোকে ছাগল দেওয়া হয়েছিল।",
    "ครอบครัวยากจนได้รับแพะ",
    "Πόσες οικογένειες πήραν κατσίκες;",
    "כמה משפחות קיבלו עזים?",
]
PREFIXES = {"mean": ("ask: ", "tell: "), "cls": ("set: ", "set: "), "multilingual-e5-small": ("query: ", "passage: ")}


def models(folder: Path) -> dict[str, Model]:
    """Prefixes come from the folder's prompts, from the settings, and from what is known of the name."""
    made = {name: Model(str(folder / name)) for name in PREFIXES}
    return {**made, "cls": Model(str(folder / "cls"), query_prefix="set: ", passage_prefix="set: ")}


def vocabulary(scripts: bool) -> list[tuple[str, float]]:
    """XLM-RoBERTa's special pieces, those learnt from TEXTS, and with `scripts` 529 pairs of letters of each of three."""
    from tokenizers import Tokenizer, pre_tokenizers, trainers
    from tokenizers.models import Unigram

    learnt = Tokenizer(Unigram())
    learnt.pre_tokenizer = pre_tokenizers.Metaspace()
    learnt.train_from_iterator(TEXTS, trainers.UnigramTrainer(vocab_size=300, show_progress=False, special_tokens=["<unk>"]))
    pieces = dict.fromkeys(("<s>", "<pad>", "</s>", "<unk>"), 0.0)
    pieces |= {piece: score for piece, score in json.loads(learnt.to_str())["model"]["vocab"] if piece != "<unk>"}
    pieces |= {"▁goats": -3.0, "▁Goats": -3.0, "▁They": -3.0, "贫困": -3.0, "oats": -9.0}
    for first in ("аб", "اب", "一丁") if scripts else ():
        letters = [chr(ord(first[0]) + n) for n in range(23)]
        pieces |= {a + b: -20.0 for a, b in product(letters, letters) if a + b not in pieces}
    return [*pieces.items(), ("<mask>", 0.0)]


def make(folder: Path, name: str) -> Any:
    import torch
    from sentence_transformers import SentenceTransformer, models
    from transformers import BertConfig, BertModel, XLMRobertaConfig, XLMRobertaModel, XLMRobertaTokenizer

    torch.manual_seed(7)
    tokenizer = XLMRobertaTokenizer(vocab=vocabulary(scripts=name != "cls"), model_max_length=512)
    shape = {
        "hidden_size": 32,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "intermediate_size": 64,
        "initializer_range": 0.3,
    }
    shape["vocab_size"] = len(tokenizer)
    if name == "multilingual-e5-small":
        model = BertModel(BertConfig(**shape, max_position_embeddings=512, pad_token_id=0))
    else:
        model = XLMRobertaModel(XLMRobertaConfig(**shape, max_position_embeddings=514, type_vocab_size=1))
    plain = str(folder / "plain" / name)
    model.save_pretrained(plain)
    tokenizer.save_pretrained(plain)
    pooling = models.Pooling(32, pooling_mode="cls" if name == "cls" else "mean")
    modules = [models.Transformer(plain), pooling, models.Normalize()]
    prompts = {"query": "ask: ", "document": "tell: "} if name == "mean" else None
    made = SentenceTransformer(modules=modules, device="cpu", prompts=prompts, default_prompt_name="query" if prompts else None)
    made.save(str(folder / name))
    return made


def main(folder: Path) -> None:
    from ingest.export import export

    truth = {}
    for name, model in models(folder).items():
        made = make(folder, name)
        both = [made.encode(TEXTS, prompt=prefix, normalize_embeddings=True).tolist() for prefix in PREFIXES[name]]
        truth[name] = dict(zip(("questions", "passages"), both, strict=True))
        export(model, model.folder(folder / "cache"))
    (folder / "bge-m3").symlink_to(folder / "mean")
    try:
        export(Model(str(folder / "bge-m3")), folder / "cache" / "none")
    except EncoderMissing as refusal:
        sys.stdout.write(json.dumps({**truth, "refusal": str(refusal)}))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(Path(sys.argv[1]))
