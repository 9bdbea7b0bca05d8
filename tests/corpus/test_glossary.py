"""corpus/glossary.py: what a glossary may hold, how its errors name the cure; and the glossary that is shipped."""

from collections import Counter

import pytest

from corpus import CORPUS
from corpus.glossary import FILE, OTHERS, GlossaryError, as_csv, read_glossary

HEAD = f"kind,english,{','.join(OTHERS)},status\n"
FIELD_WORDS = {  # what questions are about: a function word of the same form would drop it
    "id": "bantuan kemiskinan desa sapi air sekolah beras uang anak perempuan tanah pekerjaan kesehatan",
    "fr": "aide pauvreté village vache eau école riz argent enfants femmes terre emploi santé",
    "es": "ayuda pobreza aldea vaca agua escuela arroz dinero niños mujeres tierra empleo salud",
    "pt": "ajuda pobreza aldeia vaca água escola arroz dinheiro crianças mulheres terra emprego saúde",
    "ar": "مساعدة فقر قرية بقرة ماء مدرسة أرز مال أطفال نساء أرض عمل صحة",
    "ru": "помощь бедность деревня корова вода школа рис деньги дети женщины земля работа здоровье",
    "sw": "msaada umaskini kijiji ng'ombe maji shule mchele pesa watoto wanawake ardhi kazi afya",
    "zh": "援助 贫困 村 牛 水 学校 大米 钱 孩子 妇女 土地 工作 健康",
}


@pytest.fixture(scope="module")
def shipped():
    return read_glossary(CORPUS / FILE)


@pytest.fixture
def read(tmp_path):
    """read(text) -> the rows of a file with that text."""

    def written(text, encoding="utf-8"):
        (tmp_path / FILE).write_bytes(text.encode(encoding))
        return read_glossary(tmp_path / FILE)

    return written


def test_a_row_has_its_forms_by_language_and_its_line(read):
    first, second = read("kind,english,fr,zh,status\nname,PKH,,,reviewed\nterm,aid,aide|aides,援助,draft\n")
    assert (first.kind, first.english, first.status, first.line) == ("name", "PKH", "reviewed", 2)
    assert (second.forms["fr"], second.forms["zh"], second.forms["ru"], second.line) == (("aide", "aides"), ("援助",), (), 3)


def test_only_the_english_must_be_given(read):
    (row,) = read("english\naid\n")
    assert (row.kind, row.english, row.status) == ("term", "aid", "draft")
    assert dict(row.forms) == dict.fromkeys(OTHERS, ())


def test_forms_are_trimmed_and_stand_once(read):
    (row,) = read('english,fr\n  social   aid ," aide  sociale | | aide sociale|secours "\n')
    assert (row.english, row.forms["fr"]) == ("social aid", ("aide sociale", "secours"))


def test_a_hint_in_parentheses_is_not_searched_for(read):
    (row,) = read("english\nturkey (bird)\n")
    assert (row.english, row.searched) == ("turkey (bird)", "turkey")


def test_the_mark_that_a_spreadsheet_writes_at_the_start_is_no_part_of_the_first_column(read):
    (row,) = read("kind,english,fr\nterm,water,eau\n", encoding="utf-8-sig")
    assert (row.kind, row.english, row.forms["fr"]) == ("term", "water", ("eau",))


def test_lines_that_end_as_windows_ends_them_are_read(read):
    assert [row.english for row in read("english,fr\r\nwater,eau\r\naid,aide\r\n")] == ["water", "aid"]


@pytest.mark.parametrize(
    ("text", "line", "cure"),
    [
        ("english,de\nwater,Wasser\n", "", "name its columns kind, english, id, fr, es, pt, ar, ru, sw, zh, status; ['de']"),
        ("kind,fr\nterm,eau\n", "", "name its columns kind, english"),
        ("", "", "name its columns kind, english"),
        ("kind,english,fr\nterm,aid,aide\nterm,,eau\n", ", line 3", "write one in the column `english`"),
        ("kind,english\nterm,  \n", ", line 2", "write one in the column `english`"),
        ("kind,english\nverb,help\n", ", line 2", "write term, name, place, question, person, function as kind"),
        ("english,status\naid,\nwater,done\n", ", line 3", "draft, reviewed as status"),
        ("english,fr\naid,aide,secours\n", ", line 2", "put a cell that holds a comma in quotes"),
    ],
)
def test_a_wrong_glossary_is_named_with_its_file_line_and_cure(read, tmp_path, text, line, cure):
    with pytest.raises(GlossaryError) as error:
        read(text)
    assert str(error.value).startswith(f"{tmp_path / FILE}{line}: ")
    assert cure in str(error.value)


def test_a_glossary_that_is_not_utf_8_is_named_with_the_cure(read, tmp_path):
    with pytest.raises(GlossaryError, match="save it as CSV in UTF-8") as error:
        read("english,fr\neducation,éducation\n", encoding="latin-1")
    assert str(tmp_path / FILE) in str(error.value)


def test_a_glossary_that_is_not_there_is_named(tmp_path):
    with pytest.raises(GlossaryError, match="cannot be read"):
        read_glossary(tmp_path / FILE)


def test_what_is_written_is_read_again(read, tmp_path):
    rows = read(
        HEAD + '"question","how many",berapa|brp,"combien de",,,كم,,,多少,reviewed\nterm,"aid, relief",,aide,,,,,,,draft\n'
    )
    (tmp_path / "again.csv").write_text(as_csv(rows), encoding="utf-8")
    assert read_glossary(tmp_path / "again.csv") == rows
    assert read(as_csv(rows)) == rows
    assert as_csv(rows).startswith(HEAD)


def test_the_shipped_glossary_is_as_it_is_written(shipped, read):
    assert [(row.kind, row.english, row.forms, row.status) for row in read(as_csv(shipped))] == [
        (row.kind, row.english, row.forms, row.status) for row in shipped
    ]


def test_the_shipped_glossary_holds_over_1200_terms_in_all_nine_languages(shipped):
    assert sum(row.kind == "term" and all(row.forms[language] for language in OTHERS) for row in shipped) >= 1200


def test_no_english_stands_twice_within_a_kind(shipped):
    counts = Counter((row.kind, row.english.casefold()) for row in shipped)
    assert [one for one, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_function_word_drops_a_word_of_the_field(shipped, language):
    words = FIELD_WORDS[language].split()
    forms = {
        kind: {form for row in shipped if row.kind == kind for form in row.forms[language]} for kind in ("term", "function")
    }
    assert [word for word in words if word not in forms["term"]] == []
    assert [word for word in words if word in forms["function"]] == []


def test_every_status_of_the_shipped_glossary_is_known(shipped):
    assert {row.status for row in shipped} <= {"draft", "reviewed"}


@pytest.mark.parametrize("language", OTHERS)
def test_what_asks_and_who_asks_has_a_form_in_every_language(shipped, language):
    missing = [row.english for row in shipped if row.kind in ("question", "person") and not row.forms[language]]
    assert missing == []
