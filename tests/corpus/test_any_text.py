"""Whatever a file holds, reading it gives a brief or a BriefError, and never another error."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.brief import Brief, BriefError, read_brief
from corpus.check import check_brief
from corpus.sources import Source

MARKS = ["---", "\n", "## Setting", "# ", "[@lee-2020]", "[@", "]", "@"]
YAML = ["id: ", ": ", "- ", "{", "[", "'", '"', "&a", "*a", "!!int ", "? "]
TEXTS = st.lists(st.one_of(st.sampled_from(MARKS + YAML), st.text(max_size=8)), max_size=30).map("".join)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("any") / "idn-demo.md"


def read(path: Path, text: str) -> Brief | None:
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    with contextlib.suppress(BriefError):
        return read_brief(path)
    return None


@given(text=TEXTS)
def test_any_text_is_a_brief_or_a_brief_error(path, text):
    read(path, text)


@given(head=TEXTS)
@example(head="as_of: 2020-02-30")
@example(head="id: \x00")
@example(head="[" * 2000)
@example(head="reach: {count: " + "9" * 5000 + "}")
@example(head="place: !!int many")
@example(head="place: !!bool many")
@example(head="place: !!timestamp many")
def test_any_front_matter_is_a_brief_or_a_brief_error(path, head):
    read(path, f"---\n{head}\n---\n## Setting\n")


@given(body=TEXTS)
def test_any_body_is_a_brief_or_a_brief_error(path, brief, body):
    read(path, brief(body=body))


@given(content=st.binary(max_size=80))
def test_any_bytes_are_a_brief_or_a_brief_error(path, content):
    path.write_bytes(content)
    with contextlib.suppress(BriefError):
        read_brief(path)


FIRST = "\n## Setting\n\nGoats in Java are known from one source [@lee-2020].\n\n## Results\n\n"


@given(line=TEXTS.map(lambda text: " ".join(text.split())))
@example(line="were many [[@lee-2020]@lee-2020]")
@example(line="were many [@lee-2020]]")
def test_a_quote_that_passes_the_check_has_no_citation_mark(path, brief, source, line):
    sources = {"lee-2020": Source.model_validate(source("lee-2020"))}
    found = read(path, brief(body=f"{FIRST}Goats in Java {line} [@lee-2020].\n"))
    named = {number for number, _ in check_brief(found, sources)} if found else set()
    for section in found.sections if found else ():
        assert [s.text for s in section.sentences if s.line not in named and set("[]@") & set(s.text)] == []
