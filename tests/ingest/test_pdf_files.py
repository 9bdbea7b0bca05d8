"""Real PDFs that nobody here wrote: each is read, or refused with a cure."""

import functools
import re

import pytest
from pypdf import PdfReader

from ingest.loaders import Unreadable, load
from ingest.passages import MOST_PIECES, split_passages

REFUSED = {
    "broken/encryption_openpassword.pdf": ("locked with a password", "Save a copy without the password"),
    "broken/veraPDFHiResWrongObjectID.pdf": ("no text layer", "ocrmypdf"),
    "reports/bangladesh-bsic-scanned.pdf": ("no text layer (29 pages of pictures)", "ocrmypdf"),
    "reports/morocco-nomenclature-fr.pdf": ("scrambled", "ocrmypdf"),
}
READ = {
    "broken/corruptionOneByteMissing.pdf": "This is a test document. It only contains some text.",
    "broken/encryption_notextaccess.pdf": "This is a test document. It only contains some text.",
    "broken/externalLink.pdf": "It contains a link to another document.",
    "broken/fileAttachment.pdf": "It contains a file attachment.",
    "broken/javascript.pdf": "JavaScript example",
    "broken/pdf-17-header18.pdf": "It only contains some text.",
    "reports/arabic-habibi.pdf": "habibi",
    "reports/ethiopia-lfs-2005.pdf": "LABOUR FORCE SURVEY 2005",
    "reports/honduras-metodologia-es.pdf": "Para la realización de la LXXVII EPHPM",
    "reports/multicolumn.pdf": "Lorem ipsum dolor sit amet, consectetuer adipiscing elit.",
    "reports/thailand-central-local-encrypted.pdf": "Background of the Decentralization",
    "reports/turkey-methodology.pdf": "Labour Force and Living Conditions Department 10 March 2021",
    "reports/wp2020-167.pdf": "Evolution of wage inequality in India (1983– 2017)",
}
PAGED = ("thailand-central-local-encrypted", "turkey-methodology", "honduras-metodologia-es", "multicolumn")


@pytest.fixture(scope="module")
def loaded(test_data):
    """loaded(name) -> the document, read once for all tests of this file."""
    return functools.cache(lambda name: load(test_data / "pdf" / name))


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_file_that_cannot_be_read_is_refused_with_a_cure(loaded, name):
    with pytest.raises(Unreadable) as error:
        loaded(name)
    assert str(error.value).startswith(f"{name.split('/')[1]}: ")
    assert all(words in str(error.value) for words in REFUSED[name])


@pytest.mark.parametrize("name", sorted(READ))
def test_a_file_that_can_be_read_is_read(loaded, name):
    document = loaded(name)
    assert READ[name] in document.parts[0].text
    assert document.title
    assert document.origin == "document"
    assert re.fullmatch(r"[a-z0-9-]+", document.id)


@pytest.mark.parametrize("name", sorted(READ))
def test_every_passage_of_a_real_file_fits_the_encoder(loaded, encoder, name):
    passages = split_passages(loaded(name), encoder.count)
    assert [p.ordinal for p in passages if encoder.count(f"{p.context} {p.text}") > MOST_PIECES] == []


def test_every_real_file_is_in_one_of_these_tests(test_data):
    found = {f"{path.parent.name}/{path.name}" for path in (test_data / "pdf").rglob("*.pdf")}
    assert found == {*REFUSED, *READ}


def phrases(page: str) -> list[str]:
    """Lines from the middle of a page that are long enough to stand on no other."""
    lines = [" ".join(line.split()) for line in page.splitlines()]
    full = [line for line in lines if len(line) > 50 and line.isprintable() and "...." not in line]
    return full[3:-3:5]


@pytest.mark.parametrize("stem", PAGED)
def test_a_phrase_of_a_page_is_found_in_a_passage_that_names_that_page(loaded, test_data, encoder, stem):
    name = f"reports/{stem}.pdf"
    passages = split_passages(loaded(name), encoder.count)
    pages = [page.extract_text() for page in PdfReader(test_data / "pdf" / name).pages]
    tried = 0
    for number, page in enumerate(pages, 1):
        for phrase in phrases(page):
            holding = [passage for passage in passages if phrase in passage.text]
            tried += len(holding) > 0
            assert not holding or any(number in passage.locator.pages for passage in holding), phrase
    assert tried >= len(pages)


def test_the_numbers_of_its_pages_are_not_text_of_a_report(loaded):
    text = loaded("reports/thailand-central-local-encrypted.pdf").parts[0].text
    assert [number for number in range(2, 30) if f"- {number} -" in text] == []


def test_a_report_in_spanish_keeps_its_letters(loaded):
    assert "Proceso Metodológico" in loaded("reports/honduras-metodologia-es.pdf").parts[0].text
