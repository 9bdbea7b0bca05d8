"""The words of the interface on the server's side, in nine languages."""

import datetime

import pytest
from markupsafe import Markup

from corpus.figures import LANGUAGES
from service.wording import FSI, PDI, wording


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [
        ("en", 1, "1 case"),
        ("en", 2, "2 cases"),
        ("en", 1250, "1,250 cases"),
        ("ar", 0, "لا دراسات حالة"),
        ("ar", 1, "دراسة حالة واحدة"),
        ("ar", 2, "دراستا حالة"),
        ("ar", 3, "3 دراسات حالة"),
        ("ar", 10, "10 دراسات حالة"),
        ("ar", 11, "11 دراسة حالة"),
        ("ar", 100, "100 دراسة حالة"),
        ("ar", 103, "103 دراسات حالة"),
    ],
)
def test_a_number_chooses_its_plural(language, n, text):
    assert wording(language).t("cases.count", n=n) == text


@pytest.mark.parametrize(
    ("n", "form"), [(1, "one"), (2, "few"), (5, "many"), (11, "many"), (21, "one"), (22, "few"), (111, "many")]
)
def test_russian_has_a_plural_for_one_few_and_many(n, form):
    forms = {"one": f"{n} термин", "few": f"{n} термина", "many": f"{n} терминов"}
    assert wording("ru").t("glossary.count", n=n) == forms[form]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n", [0, 1, 2, 5, 21, 100, 1250])
def test_every_language_has_a_word_for_every_number(language, n):
    assert wording(language).t("glossary.count", n=n)


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "1,250,000"), ("id", "1.250.000"), ("es", "1.250.000"), ("pt", "1.250.000"), ("zh", "1,250,000")],
)
def test_a_number_is_written_as_its_language_writes_it(language, written):
    assert wording(language).number(1_250_000) == written


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_a_space_within_a_number_breaks_no_line(language):
    assert wording(language).number(1_250_000).split(" ") == [wording(language).number(1_250_000)]
    assert "".join(filter(str.isdigit, wording(language).number(1_250_000))) == "1250000"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "November 23, 2026"),
        ("id", "23 November 2026"),
        ("fr", "23 novembre 2026"),
        ("es", "23 de noviembre de 2026"),
        ("pt", "23 de novembro de 2026"),
        ("ar", "23 نوفمبر 2026"),
        ("ru", "23 ноября 2026 г."),
        ("sw", "23 Novemba 2026"),
        ("zh", "2026年11月23日"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(language, written):
    assert wording(language).date(datetime.date(2026, 11, 23)).replace("\u200f", "").replace("\u202f", " ") == written


def test_words_from_elsewhere_keep_their_direction_within_arabic():
    assert f"{FSI}Kenya{PDI}" in wording("ar").t("answer.elsewhere", place="Kenya")
    assert wording("ar").dir == "rtl"


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "ar"])
def test_words_from_elsewhere_stand_as_they_are_within_other_languages(language):
    text = wording(language).t("answer.elsewhere", place="Kenya")
    assert "Kenya" in text
    assert FSI not in text
    assert wording(language).dir == "ltr"


def test_numbers_and_nothing_are_not_isolated_in_arabic():
    assert FSI not in wording("ar").t("cases.count", n=7)
    assert FSI not in wording("ar").t("years.range", **{"from": 2015, "to": ""})


@pytest.mark.parametrize("language", ["en", "ar"])
def test_markup_stays_and_all_else_is_escaped(language):
    say = wording(language)
    link = Markup('<a href="/x">here</a>')
    assert '<a href="/x">here</a>' in say.html("cases.none", link=link)
    shown = say.html("page", title="<script>alert('x')</script>")
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_what_is_filled_in_is_no_template_itself():
    assert wording("en").t("page", title="{n} {title}") == "{n} {title} – Rightkey"
    assert wording("en").html("page", title="{n} {title}") == "{n} {title} – Rightkey"


@pytest.mark.parametrize(("language", "listed"), [("en", "a, b"), ("ar", "a، b"), ("zh", "a、b"), ("ru", "a, b")])
def test_several_words_have_the_comma_of_their_language(language, listed):
    assert wording(language).listed(["a", "b"]) == listed
    assert wording(language).listed(["a"]) == "a"


def test_a_key_that_no_language_has_is_an_error():
    with pytest.raises(KeyError):
        wording("fr").t("answer.zembla")
