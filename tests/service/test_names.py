"""Which words of a question in another language are names, and which of its question words ask."""

import pytest
from small_lexicon import lexicon

from service.names import read_words

HELD = {"goat", "gobifo", "pkh", "sierra", "leon"}  # terms that stand in the library


def kinds(lexicon, text):
    """The kind of each word of a text."""
    return {word.text: word.kind for word in read_words(lexicon, lexicon.normal(text), HELD.__contains__)}


def names(lexicon, text):
    """The words that are told to be names, and that nothing holds."""
    return [text for text, kind in kinds(lexicon, text).items() if kind == "unheld"]


FRENCH = lexicon(
    "fr",
    ("question", "what", "que"),
    ("question", "how", "comment"),
    ("question", "who", "qui"),
    ("question", "when", "quand"),
    ("function", "the", "le|la|les"),
    ("function", "and", "et"),
    ("term", "build", "fait"),
    ("term", "project", "projet"),
    ("term", "school", "école"),
    ("term", "zakat", "zakat"),
    ("term", "goat", "chèvre"),
)
SPANISH = lexicon("es", ("question", "what", "qué"), ("term", "village", "aldea"), ("term", "build", "hizo"))
RUSSIAN = lexicon("ru", ("question", "what", "что"), ("term", "village", "деревня"))


@pytest.mark.parametrize(
    ("words", "text", "name"),
    [
        (FRENCH, "Que fait le projet Zembla ?", "Zembla"),
        (FRENCH, "Que fait Huang Wenxiu ?", "Huang Wenxiu"),
        (FRENCH, "Que fait Madame Huang Wenxiu pour l'école ?", "Madame Huang Wenxiu"),
        (SPANISH, "¿Qué hizo Zembla?", "Zembla"),
        (RUSSIAN, "Что сделала Хуан Вэньсю?", "Хуан Вэньсю"),
        (RUSSIAN, "Деревня Зембла", "Зембла"),
    ],
)
def test_an_unknown_word_with_a_capital_within_a_sentence_is_a_name(words, text, name):
    assert names(words, text) == [name]


def test_capitals_that_stand_apart_are_two_names():
    assert names(FRENCH, "Que fait Zembla, Wenxiu et Koulé ?") == ["Zembla", "Wenxiu", "Koulé"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (FRENCH, "Zembla"),
        (FRENCH, "Comment ? Zembla"),
        (FRENCH, "« Zembla » fait"),
        (FRENCH, "(Zembla)"),
        (SPANISH, "¿Zembla hizo?"),
        (SPANISH, "En la aldea, ¿Zembla hizo?"),
        (SPANISH, "¡Zembla!"),
        (RUSSIAN, "Земблы"),
    ],
)
def test_a_capital_that_opens_a_sentence_tells_no_name(words, text):
    assert "unheld" not in kinds(words, text).values()
    assert "unknown" in kinds(words, text).values()


@pytest.mark.parametrize(
    "text", ["Que fait le projet d'Abengourou ?", "Que fait l'Abengourou ?", "Que fait le projet d’Abengourou ?"]
)
def test_a_name_behind_an_elision_is_a_name(text):
    assert names(FRENCH, text) == ["Abengourou"]


def test_a_word_with_a_capital_whose_senses_the_library_lacks_is_a_name():
    assert names(FRENCH, "Que fait la Zakat ?") == ["Zakat"]
    assert names(FRENCH, "Que fait la zakat ?") == []
    assert names(FRENCH, "Zakat, que fait la chèvre ?") == []
    assert names(FRENCH, "Que fait la Chèvre ?") == []


def test_what_the_library_holds_is_kept_as_a_name_by_its_capital_and_as_a_word_without():
    assert kinds(FRENCH, "Que fait GoBifo, goat, PKH ?") == {
        "Que": "question",
        "fait": "term",
        "GoBifo": "name",
        "goat": "term",
        "PKH": "name",
    }
    assert kinds(FRENCH, "PKH fait") == {"PKH": "name", "fait": "term"}


def test_two_small_letters_are_not_kept():
    assert kinds(lexicon("id"), "go") == {"go": "unknown"}


def test_names_that_are_held_stay_apart():
    assert kinds(lexicon("id"), "apa GoBifo PKH")["GoBifo"] == "name"
    assert names(lexicon("id"), "apa Sierra Zembla") == ["Sierra Zembla"]


CHINESE = lexicon(
    "zh",
    ("term", "village", "村"),
    ("term", "county", "县"),
    ("question", "what", "什么"),
    ("term", "build", "做了"),
    ("function", "of", "的"),
)


@pytest.mark.parametrize("text", ["黄文秀做了什么", "做了的黄文秀", "李小云做了什么"])
def test_a_chinese_surname_with_two_characters_is_a_name(text):
    assert names(CHINESE, text) == [next(name for name in ("黄文秀", "李小云") if name in text)]


@pytest.mark.parametrize(("text", "name"), [("旺家村做了什么", "旺家"), ("古鲁县的什么", "古鲁")])
def test_what_stands_before_a_chinese_word_of_place_is_a_name(text, name):
    assert names(CHINESE, text) == [name]


def test_what_stands_behind_the_dot_of_a_foreign_name_is_a_name():
    assert names(CHINESE, "旺家·加迪做了什么") == ["加迪"]


@pytest.mark.parametrize("name", ["喀什", "布基纳", "蘇利亞"])
def test_characters_that_write_foreign_sounds_are_a_name(name):
    assert names(CHINESE, f"{name}做了什么") == [name]


def test_traditional_characters_are_read_as_simplified_ones_and_shown_as_they_are_written():
    assert kinds(CHINESE, "縣做了什麼") == {"縣": "term", "做了": "term", "什麼": "question"}
    assert kinds(lexicon("zh", ("term", "learn", "了解")), "瞭解") == {"瞭解": "term"}
    assert names(CHINESE, "旺家縣做了什麼") == ["旺家"]
    assert names(CHINESE, "劉小雲做了什麼") == ["劉小雲"]


TITLED = {
    "fr": lexicon("fr", ("term", "teacher", "professeur|enseignants")),
    "ru": lexicon("ru", ("term", "teacher", "учителя"), ("term", "professor", "профессор")),
    "ar": lexicon("ar", ("term", "professor", "أستاذة"), ("term", "teacher", "مدرسون")),
    "zh": lexicon("zh", ("term", "professor", "教授"), ("term", "teacher", "老师")),
}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Professeur Kamara", "Kamara"),
        ("ru", "Профессор Камара", "Камара"),
        ("ar", "الأستاذة كامارا", "كامارا"),
        ("zh", "黄鹤教授", "黄鹤"),
    ],
)
def test_what_stands_beside_a_title_is_the_name_of_a_person(language, text, name):
    assert names(TITLED[language], text) == [name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "enseignants vacataires"),
        ("ru", "учителя внештатные"),
        ("ar", "المدرسون المناوبون"),
        ("zh", "代课老师"),
        ("zh", "老师黄鹤"),
    ],
)
def test_a_word_that_says_which_teachers_is_no_name(language, text):
    assert names(TITLED[language], text) == []


def test_half_of_a_longer_word_is_no_foreign_name():
    words = lexicon("zh", ("term", "flower", "花"), ("question", "what", "什么"))
    assert kinds(words, "西兰花什么") == {"西兰": "unknown", "花": "term", "什么": "question"}


def test_a_name_in_latin_letters_within_chinese_is_read_whole_and_without_its_accents():
    words = lexicon("zh", ("name", "Bolsa Familia", "家庭补助金"), ("question", "what", "什么"))
    assert kinds(words, "Bolsa Família 什么")["Bolsa Família"] == "name"


@pytest.mark.parametrize("text", ["增加做了什么", "李做了什么", "李家做了什么", "旺家的什么", "旺村"])
def test_other_unknown_chinese_characters_are_no_name(text):
    assert names(CHINESE, text) == []


ARABIC = lexicon(
    "ar", ("term", "programme", "برنامج"), ("term", "village", "قرية"), ("question", "what", "ما"), ("term", "child", "أطفال")
)


@pytest.mark.parametrize("text", ["ما برنامج زمبلا", "ما البرنامج زمبلا", "بقرية زمبلا"])
def test_an_unknown_arabic_word_behind_programme_or_village_is_a_name(text):
    assert names(ARABIC, text) == ["زمبلا"]


@pytest.mark.parametrize("text", ["ما زمبلا", "أطفال زمبلا", "زمبلا برنامج"])
def test_an_unknown_arabic_word_elsewhere_is_no_name(text):
    assert names(ARABIC, text) == []


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Qui fait le projet ?", ["Qui"]),
        ("Le projet qui fait l'école", []),
        ("L'école : qui fait le projet ?", ["qui"]),
        ("Comment fait le projet ?", ["Comment"]),
        ("Le projet, comment fait l'école ?", ["comment"]),
        ("Quand fait le projet ?", ["Quand"]),
        ("Quand le projet fait, comment fait l'école ?", ["comment"]),
    ],
)
def test_a_question_word_asks_where_it_is_no_relative_pronoun(text, asks):
    assert [word for word, kind in kinds(FRENCH, text).items() if kind == "question"] == asks


def test_where_question_words_are_no_relative_pronouns_they_ask_anywhere():
    indonesian = lexicon("id", ("question", "who", "siapa"), ("term", "project", "proyek"))
    assert kinds(indonesian, "proyek siapa") == {"proyek": "term", "siapa": "question"}
