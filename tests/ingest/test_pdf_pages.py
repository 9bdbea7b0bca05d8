"""PDFs that these tests write: pages, running heads, titles, and files that are none."""

import re
from contextlib import suppress

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from ingest.loaders import Unreadable, load, version_of
from ingest.passages import split_passages

LINE = "The households of village {} kept between four and nine goats on common land in that year"


def pages(count):
    """Pages with a running head, two lines of their own, and their number."""
    own = [(LINE.format(chr(64 + n)), f"Those of village {chr(64 + n)} sold milk.") for n in range(1, count + 1)]
    return [["Goats in Java", first, second, f"Page {n}"] for n, (first, second) in enumerate(own, 1)]


def text_of(path):
    return load(path).parts[0].text


def test_a_passage_names_the_page_that_it_comes_from(write_pdf, encoder):
    path = write_pdf("goats.pdf", *[[f"Marker{n} " + "goats and more goats. " * 8] * 9 for n in range(1, 6)])
    passages = split_passages(load(path), encoder.count)
    for number in range(1, 6):
        assert {number} <= {page for p in passages if f"Marker{number} " in p.text for page in p.locator.pages}
    assert passages[0].locator.label == "p. 1"
    assert passages[-1].locator.label == "p. 5"


def test_running_heads_and_page_numbers_are_removed(write_pdf):
    text = text_of(write_pdf("goats.pdf", *pages(6)))
    assert "Goats in Java" not in text
    assert "Page" not in text
    assert text.count("sold milk.") == text.count("The households") == 6


def test_a_line_that_stands_on_one_page_is_no_running_head(write_pdf):
    first, *rest = pages(6)
    assert "A title of its own" in text_of(write_pdf("goats.pdf", ["A title of its own", *first], *rest))


def test_a_line_of_the_text_that_looks_like_a_page_number_stays(write_pdf):
    made = [[*lines[:3], "Goats each:", str(n), *reversed(lines[:3]), str(n)] for n, lines in enumerate(pages(6), 1)]
    text = text_of(write_pdf("goats.pdf", *made))
    assert [n for n in range(1, 7) if f"Goats each: {n} " not in text.replace("\n\n", " ")] == []


def test_a_word_broken_at_the_end_of_a_line_is_made_whole(write_pdf):
    assert "registered households" in text_of(write_pdf("goats.pdf", ["All of the regis-", "tered households kept goats."]))


def test_a_range_of_years_at_the_end_of_a_line_is_not_joined(write_pdf):
    assert "2016- 2020" in text_of(write_pdf("goats.pdf", ["Goats were counted in 2016-", "2020 by the villages."]))


def test_letters_that_were_set_as_one_are_read_as_two(write_pdf):
    path = write_pdf("goats.pdf", ["Goats are counted in the first survey \\256eld."])
    assert "ﬁ" not in text_of(path)


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ("Goats in Java and Bali", "Goats in Java and Bali"),
        ("", "goats of 2020"),
        ("Goats", "goats of 2020"),
        ("Microsoft Word - final draft.docx", "goats of 2020"),
    ],
)
def test_a_title_is_the_declared_one_or_the_name_of_the_file(write_pdf, declared, title):
    path = write_pdf("goats_of-2020.pdf", ["Goats are kept in many villages."], title=declared)
    assert (load(path).title, load(path).id) == (title, "goats-of-2020")


@pytest.mark.parametrize(("declared", "language"), [("fr-FR", "fr"), ("EN", "en"), ("", "en"), ("?", "en")])
def test_the_language_is_the_declared_one_or_english(write_pdf, declared, language):
    assert load(write_pdf("goats.pdf", ["Goats are kept in many villages."], language=declared)).language == language


def test_a_name_without_a_latin_letter_still_gives_an_id(write_pdf):
    assert load(write_pdf("山羊.pdf", ["Goats are kept in many villages."])).id == "document"


def test_a_locked_file_is_refused_and_an_empty_password_is_not_a_lock(write_pdf):
    locked = write_pdf("locked.pdf", ["Goats are kept in many villages."], password="goat")
    with pytest.raises(Unreadable, match="locked with a password"):
        load(locked)


@pytest.mark.parametrize("content", [b"", b"Goats", b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"])
def test_a_file_that_is_no_pdf_is_refused_with_a_cure(tmp_path, content):
    (tmp_path / "goats.pdf").write_bytes(content)
    with pytest.raises(Unreadable, match=r"goats\.pdf: it is broken .* Open it in a PDF reader, print it to a new PDF"):
        load(tmp_path / "goats.pdf")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_pages_without_text_are_refused_with_a_cure(write_pdf, count):
    with pytest.raises(Unreadable, match="no text layer"):
        load(write_pdf("blank.pdf", *[[] for _ in range(count)]))


def test_a_cut_file_is_read_or_refused_and_nothing_else(write_pdf):
    path = write_pdf("goats.pdf", *pages(2))
    whole = path.read_bytes()
    for end in range(0, len(whole), 40):
        path.write_bytes(whole[:end])
        with suppress(Unreadable):
            assert load(path).id == "goats"


def test_a_format_that_nobody_reads_is_refused_with_those_that_are(tmp_path):
    (tmp_path / "goats.txt").write_text("Goats")
    with pytest.raises(Unreadable, match=r"its format is not read\. Give PDF or a brief"):
        load(tmp_path / "goats.txt")


def test_the_version_is_that_of_the_bytes(write_pdf):
    path = write_pdf("goats.pdf", ["Goats are kept in many villages."])
    before = version_of(path)
    assert before == load(path).version
    path.write_bytes(path.read_bytes() + b"\n")
    assert version_of(path) != before


TO_UNICODE = b"""/CIDInit /ProcSet findresource begin begincmap
1 begincodespacerange <00> <ff> endcodespacerange
2 beginbfchar
<51> <d83d>
<58> <d83dde00>
endbfchar
endcmap end"""


def test_half_a_character_that_a_font_maps_to_is_replaced(write_pdf):
    writer = PdfWriter(clone_from=write_pdf("goats.pdf", ["Goats Q were given X to poor families in Ponorogo."]))
    stream = DecodedStreamObject()
    stream.set_data(TO_UNICODE)
    writer.pages[0]["/Resources"]["/Font"]["/F1"][NameObject("/ToUnicode")] = writer._add_object(stream)
    path = write_pdf("other.pdf", ["Goats"])
    writer.write(path)
    text = text_of(path)
    assert text.encode().decode() == text
    assert "\ufffd" in text
    assert "given \U0001f600 to poor families" in text


def test_a_file_whose_description_is_broken_is_read_all_the_same(write_pdf):
    path = write_pdf("goats-of-java.pdf", ["Goats were given to poor families in Ponorogo."], title="Three goats of Java")
    assert load(path).title == "Three goats of Java"
    path.write_bytes(re.sub(rb"/Info \d+ 0 R", b"/Info 12345", path.read_bytes()))
    assert load(path).title == "goats of java"
    assert "Ponorogo" in text_of(path)
