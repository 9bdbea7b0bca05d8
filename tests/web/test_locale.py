"""The words of the interface and the code that uses them."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from service.contract import CitationOut, MissingOut, StageOut, StatementOut

WEB = Path(__file__).parents[2] / "service" / "web"
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((WEB / "panel").glob("*.js")))
PAGE = (WEB / "panel" / "index.html").read_text(encoding="utf-8")
LOCALES = sorted((WEB / "locales").glob("*.json"))
ENGLISH = json.loads((WEB / "locales" / "en.json").read_text(encoding="utf-8"))
CALLS = re.findall(r"\b(?:t|has)\(((?:[^()]|\([^()]*\))*)", CODE)


def literals():
    """The keys that the code names in so many words."""
    compared = re.compile(r"[!=]==\s*'[^']*'")
    first = (compared.sub("", call).split(", {")[0] for call in CALLS)
    named = (word for call in first if "`" not in call for word in re.findall(r"'([\w.]+)'", call))
    return {*named, *re.findall(r'data-(?:text|label|placeholder)="([\w.]+)"', PAGE)}


def prefixes():
    """The beginnings of the keys that the code puts together."""
    return {*re.findall(r"`([\w]+(?:\.[\w]+)*\.)\$\{", CODE)}


def test_every_key_that_the_code_names_has_its_words():
    assert len(literals()) > 50
    assert sorted(literals() - set(ENGLISH)) == []


def test_every_key_that_the_code_puts_together_can_be_found():
    assert len(prefixes()) >= 5
    assert [prefix for prefix in prefixes() if not any(key.startswith(prefix) for key in ENGLISH)] == []


def test_no_words_are_kept_that_nothing_says():
    quoted = set(re.findall(r"'([\w.]+)'", CODE)) | literals()
    idle = [key for key in ENGLISH if key != "dir" and key not in quoted and not key.startswith(tuple(prefixes()))]
    endings = (".detail",)  # failureText adds it to the key that it is given
    assert [key for key in idle if not key.endswith(endings)] == []


@pytest.mark.parametrize("path", LOCALES, ids=lambda path: path.stem)
def test_every_locale_has_the_same_keys_and_values_to_fill_in(path):
    def holes(text):
        return {
            hole for form in (text.values() if isinstance(text, dict) else [text]) for hole in re.findall(r"\{(\w+)\}", form)
        }

    locale = json.loads(path.read_text(encoding="utf-8"))
    assert set(locale) == set(ENGLISH)
    assert {key: holes(text) for key, text in locale.items()} == {key: holes(text) for key, text in ENGLISH.items()}


def sent(model, field):
    """The words that the contract lets the service send there."""
    return set(get_args(model.model_fields[field].annotation))


def worded(prefix):
    return {key.removeprefix(prefix) for key in ENGLISH if key.startswith(prefix)}


def test_every_kind_of_missing_evidence_origin_and_stage_has_its_words_and_no_other():
    assert worded("missing.kind.") == sent(MissingOut, "kind") - {"topic"}  # which stands as it was asked
    assert worded("origin.") == sent(CitationOut, "origin")
    assert worded("stage.") == sent(StageOut, "name")
    assert worded("support.") < sent(StatementOut, "support")  # what is in order needs no words


def test_no_file_of_the_page_names_another_host():
    files = [path for path in WEB.rglob("*") if path.suffix in (".js", ".html", ".css", ".svg")]
    named = {path.name: re.findall(r"https?://(?!www\.w3\.org)[\w.]+", path.read_text(encoding="utf-8")) for path in files}
    assert {name: found for name, found in named.items() if found} == {}
