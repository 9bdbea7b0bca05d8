"""Figures of a text in nine languages."""

from decimal import Decimal

import pytest

from corpus.figures import LANGUAGES, english_figures, figures, spelled

SAME = {
    "en": "In 2020, 1.2 million of 14,000,000 homes (23.5%) got US$770 billion; 2007-13.",
    "id": "Pada 2020, 1,2 juta dari 14.000.000 rumah (23,5%) menerima US$770 miliar; 2007-13.",
    "fr": "En 2020, 1,2 million de 14 000 000 foyers (23,5 %) ont reçu 770 milliards ; 2007-13.",
    "es": "En 2020, 1,2 millones de 14.000.000 hogares (23,5 %) recibieron 770 mil millones; 2007-13.",
    "pt": "Em 2020, 1,2 milhão de 14.000.000 lares (23,5%) receberam 770 bilhões; 2007-13.",
    "ar": "في 2020، 1.2 مليون من 14,000,000 أسرة (23.5%) تلقت 770 مليار؛ 2007-13.",
    "ru": "В 2020 году 1,2 млн из 14 000 000 домов (23,5 %) получили 770 миллиардов; 2007-13.",
    "sw": "Mwaka 2020, milioni 1.2 ya kaya 14,000,000 (23.5%) zilipata dola bilioni 770; 2007-13.",
    "zh": "2020年，14,000,000户中的120万（23.5%）得到7700亿美元；2007-13。",
}
WANTED = [Decimal(n) for n in ("13", "23.5", "2007", "2020", "1200000", "14000000", "770000000000")]


@pytest.mark.parametrize("language", SAME)
def test_a_number_is_the_same_in_every_language(language):
    assert figures(SAME[language], language) == WANTED


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("es", "500 militares y 5 mil vecinos", [500, 5000]),
        ("ar", "في عام ٢٠٢٠ بلغت ١٫٥ مليون", [2020, 1500000]),
        ("zh", "3000万人，1.6万亿元", [30000000, 1600000000000]),
        ("zh", "2020年5月，100多万人", [2020, 1000000]),
        ("zh", "3000萬人，1.6萬億元，100餘萬人", [1000000, 30000000, 1600000000000]),
        ("ar", "بين 2015 و2019", [2015, 2019]),
        ("ru", "9,6 тыс. семей", [9600]),
        ("sw", "watu elfu 20", [20000]),
        ("en", "PSNP4 and COVID-19 in 12 villages", [12, 19]),
    ],
)
def test_scales_stand_where_their_language_puts_them(language, text, wanted):
    assert figures(text, language) == [Decimal(n) for n in wanted]


def test_numbers_in_words_are_known_up_to_twenty():
    assert spelled("Nine of twelve villages; over a million people, two thousand") >= {
        Decimal(n) for n in (9, 12, 1000000, 2000)
    }
    assert Decimal(10) not in spelled("often")


@pytest.mark.parametrize(
    ("language", "text", "english"),
    [
        ("en", "29,480,000 litres", "29480000 litres"),
        ("id", "14.000 rumah, 1,2 juta", "14000 rumah, 1.2 million"),
        ("fr", "14 000 foyers, 1,2 million, 23,5 %", "14000 foyers, 1.2 million , 23.5 %"),
        ("es", "14.000 hogares y 770 mil millones", "14000 hogares y 770 billion"),
        ("pt", "14.000 lares e 1,2 milhão", "14000 lares e 1.2 million"),
        ("ar", "٢٠٢٠ و١٫٥ مليون", "2020 و 1.5 million"),
        ("ru", "14 000 домов, 9,6 тыс. и 2 млрд", "14000 домов, 9600 . и 2 billion"),
        ("sw", "kaya 14,000 na milioni 2.5", "kaya 14000 na 2.5 million"),
        ("zh", "960万人和7700亿元", "9.6 million 人和 770 billion 元"),
    ],
)
def test_numbers_are_written_as_english_writes_them(language, text, english):
    assert " ".join(english_figures(text, language).split()) == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_written_in_english_have_the_same_values(language):
    assert figures(english_figures(SAME[language], language), "en") == WANTED


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digit_within_a_name_is_no_number_to_be_written_anew(language):
    assert english_figures("PSNP4, COVID-19", language) == "PSNP4, COVID-19"
