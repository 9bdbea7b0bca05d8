"""The words of the interface and the code that uses them."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from corpus.figures import LANGUAGES
from service.api.widget import SAID
from service.contract import CitationOut, Code, MissingOut, Reason, StageOut, StatementOut

WEB = Path(__file__).parents[2] / "service" / "web"
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((WEB / "panel").glob("*.js")))
PAGE = (WEB / "panel" / "index.html").read_text(encoding="utf-8")
LOCALES = sorted((WEB / "locales").glob("*.json"))
ENGLISH = json.loads((WEB / "locales" / "en.json").read_text(encoding="utf-8"))
SERVED = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((WEB.parent).rglob("*.py")) + sorted((WEB / "pages").glob("*.html"))
)
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
    quoted = set(re.findall(r"'([\w.]+)'", CODE)) | literals() | set(SAID) | set(re.findall(r"[\"']([\w.]+)[\"']", SERVED))
    begun = (*prefixes(), *re.findall(r"\"([\w.]+\.)(?:\{|\" ~)", SERVED))
    idle = [key for key in ENGLISH if key != "dir" and key not in quoted and not key.startswith(begun)]
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


@pytest.mark.parametrize("path", LOCALES, ids=lambda path: path.stem)
def test_every_form_of_the_plural_that_a_language_has_is_there(path):
    needed = {"ar": {"zero", "one", "two", "few", "many", "other"}, "ru": {"one", "few", "many", "other"}}
    needed |= {language: {"other"} for language in ("id", "zh")}
    forms = [text for text in json.loads(path.read_text(encoding="utf-8")).values() if isinstance(text, dict)]
    assert len(forms) >= 8
    assert [form for form in forms if not needed.get(path.stem, {"one", "other"}) <= set(form)] == []


def test_the_interface_speaks_the_nine_languages():
    assert {path.stem for path in LOCALES} == set(LANGUAGES)


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
    assert {name: found for name, found in named.items() if found} == {
        "actions.js": ["https://wa.me"]
    }  # a link that is pressed


def test_every_refusal_that_a_reader_can_meet_has_its_words_and_no_other():
    worded_codes = {key.removesuffix(".detail") for key in worded("problem.")}
    # a token is renewed unseen; what is too long is said before it is sent
    assert worded_codes == set(get_args(Code)) - {"token_refused", "too_long"}


def test_every_reason_for_no_thanks_has_its_words_and_no_other():
    assert worded("helpful.reason.") == set(get_args(Reason))
    assert f"[{', '.join(repr(one) for one in get_args(Reason))}]" in CODE
