"""The words of a text in another language: small glossaries, and what each language does with its words."""

import pytest
from small_lexicon import lexicon

from service.lexicon import LONGEST, MOST_SENSES


def read(lexicon, text):
    """[(text, kind, English senses)] of its words."""
    return [(word.text, word.kind, [sense.english for sense in word.senses]) for word in lexicon.read(lexicon.normal(text))]


def english(lexicon, text):
    """The best sense of each word, or the word itself."""
    return [word.english for word in lexicon.read(lexicon.normal(text))]


AID = lexicon("id", ("term", "aid", "bantuan"), ("term", "social assistance", "bantuan sosial"), ("function", "for", "bagi"))


def test_the_longest_entry_wins():
    assert english(AID, "bantuan sosial") == ["social assistance"]
    assert english(AID, "bantuan sosial bantuan") == ["social assistance", "aid"]


@pytest.mark.parametrize("text", ["bantuan, sosial", "bantuan. Sosial", "bantuan (sosial)", "bantuan: sosial"])
def test_no_entry_reaches_across_a_mark(text):
    assert english(AID, text)[0] == "aid"


@pytest.mark.parametrize("text", ["bantuan-sosial", "Bantuan Sosial", "bantuan\nsosial", "BANTUAN  SOSIAL"])
def test_an_entry_is_found_however_its_words_are_joined_or_capitalised(text):
    assert english(AID, text) == ["social assistance"]


def test_few_long_entries_beat_the_first_that_fits():
    words = lexicon("id", ("term", "one", "satu dua"), ("term", "two", "dua tiga empat"), ("term", "three", "satu"))
    assert english(words, "satu dua tiga empat") == ["three", "two"]


def test_an_entry_of_more_words_than_are_looked_up_is_left_out():
    words = lexicon("id", ("term", "long", " ".join(["satu"] * (LONGEST + 1))), ("term", "short", " ".join(["dua"] * LONGEST)))
    assert english(words, " ".join(["dua"] * LONGEST)) == ["short"]
    assert "long" not in english(words, " ".join(["satu"] * (LONGEST + 1)))


def test_a_word_stands_where_its_text_does():
    text = AID.normal("Ada bantuan sosial, bagi desa?")
    words = AID.read(text)
    assert [text[word.start : word.end] for word in words] == [word.text for word in words]
    assert [word.text for word in words] == ["Ada", "bantuan sosial", "bagi", "desa"]


@pytest.mark.parametrize("text", ["", "?!", " \n", "¿¡", "…"])
def test_a_text_without_words_has_none(text):
    assert AID.read(AID.normal(text)) == []


def test_a_word_that_no_entry_holds_is_unknown_and_stays_as_it_is():
    assert read(AID, "zembla") == [("zembla", "unknown", [])]


FRENCH = lexicon(
    "fr",
    ("term", "aid", "aide"),
    ("term", "aide, assistant", "aidant"),
    ("function", "but", "mais"),
    ("term", "maize", "maïs"),
    ("term", "education", "éducation"),
    ("term", "water", "eau"),
    ("question", "what", "qu'est-ce que|que"),
)


def test_a_form_that_stands_in_the_glossary_goes_before_its_stem():
    assert read(FRENCH, "aidant") == [("aidant", "term", ["aide, assistant"])]


def test_a_sense_that_only_a_stem_finds_stands_where_no_exact_one_does():
    assert read(FRENCH, "aidées") == [("aidées", "term", ["aid", "aide, assistant"])]
    assert read(FRENCH, "aide") == [("aide", "term", ["aid"])]


def test_a_function_word_is_found_by_its_stem_in_no_language():
    assert read(AID, "pembagian") == [("pembagian", "unknown", [])]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("mais", "but"), ("Mais", "but"), ("maïs", "maize"), ("MAÏS", "maize"), ("mai\u0308s", "maize")],
)
def test_an_accent_tells_two_words_apart(text, wanted):
    assert english(FRENCH, text) == [wanted]


def test_a_word_typed_without_its_accents_is_found_where_no_other_is_written_so():
    spanish = lexicon("es", ("term", "maize", "maíz"), ("question", "how", "cómo"), ("function", "as, like", "como"))
    assert english(FRENCH, "education EDUCATION Éducation") == ["education"] * 3
    assert english(spanish, "maiz cómo como") == ["maize", "how", "as, like"]


@pytest.mark.parametrize("text", ["l'eau", "l’eau", "d'eau", "L'EAU", "jusqu'eau", "qu’eau"])
def test_french_elisions_are_taken_off(text):
    assert english(FRENCH, text) == ["water"]


def test_an_elision_within_an_entry_is_part_of_it():
    assert english(FRENCH, "Qu'est-ce que l'eau") == ["what", "water"]
    assert english(FRENCH, "qu’est ce que l’eau") == ["what", "water"]


ARABIC = lexicon(
    "ar",
    ("question", "how many", "كم"),
    ("term", "kilometre", "كم"),
    ("term", "village", "قرية|قرى"),
    ("term", "children", "أطفال"),
    ("term", "cooperate", "تعاون"),
    ("term", "poverty", "فقر"),
    ("term", "weave", "نسج"),
    ("term", "education", "تعليم"),
)


def test_one_arabic_word_asks_how_many_and_measures_behind_a_number():
    assert read(ARABIC, "كم قرية")[0] == ("كم", "question", ["how many"])
    assert read(ARABIC, "5 كم")[1] == ("كم", "term", ["kilometre"])
    assert read(ARABIC, "٥ كم")[1] == ("كم", "term", ["kilometre"])


@pytest.mark.parametrize(
    "word",
    ["قرية", "القرية", "والقرية", "للقرية", "بالقرية", "وقرية", "لقرية", "كالقرية", "فالقرية", "قريتنا", "قريتهم", "قريتها"],
)
def test_what_arabic_writes_together_with_a_word_is_taken_off(word):
    assert english(ARABIC, word) == ["village"]


@pytest.mark.parametrize("word", ["وبالتعليم", "فبالتعليم", "وللتعليم"])
def test_several_arabic_particles_before_one_word_are_taken_off(word):
    assert english(ARABIC, word) == ["education"]


def test_a_form_behind_several_arabic_particles_is_found():
    assert english(ARABIC, "وبالقرية") == ["village"]


@pytest.mark.parametrize("word", ["قَرْيَةٌ", "قـــرية", "القَرْيَةِ", "قريه"])
def test_vowel_signs_stretched_lines_and_letters_typed_alike_mean_nothing_in_arabic(word):
    assert english(ARABIC, word) == ["village"]


def test_the_forms_of_alif_are_one_letter():
    assert english(ARABIC, "اطفال أطفال الأطفال اطفالهم") == ["children"] * 4


@pytest.mark.parametrize("word", ["ينسج", "تنسج", "ننسج", "نسجت", "نسجوا", "ينسجون", "سينسجون", "ستنسج", "نسجنا"])
def test_an_arabic_verb_is_found_in_its_persons_and_tenses(word):
    assert english(ARABIC, word) == ["weave"]


def test_an_arabic_name_is_found_with_its_particles():
    assert read(ARABIC, "بمصر والصين لإندونيسيا") == [
        ("بمصر", "place", ["Egypt"]),
        ("والصين", "place", ["China"]),
        ("لإندونيسيا", "place", ["Indonesia"]),
    ]


SWAHILI = lexicon(
    "sw",
    ("term", "aid", "saidia"),
    ("term", "divide", "gawa"),
    ("term", "village", "kijiji"),
    ("term", "eat", "la"),
    ("term", "cow", "ng'ombe"),
    ("term", "wealth", "mali"),
)


@pytest.mark.parametrize(
    "word",
    [
        "inasaidia",
        "walisaidia",
        "itasaidia",
        "hawajasaidia",
        "ilivyosaidia",
        "tusaidie",
        "haisaidii",
        "unatusaidia",
        "kusaidia",
        "anamusaidia",
    ],
)
def test_a_swahili_verb_is_found_in_its_persons_and_tenses(word):
    assert english(SWAHILI, word) == ["aid"]


def test_a_swahili_verb_that_asks_how_is_found():
    assert english(SWAHILI, "hugawaje inagawaje") == ["divide", "divide"]


def test_a_swahili_locative_is_found():
    assert english(SWAHILI, "kijijini") == ["village"]


@pytest.mark.parametrize("word", ["kula", "wanala", "ala", "mila"])
def test_no_swahili_stem_is_so_short_that_every_word_would_hold_it(word):
    assert read(SWAHILI, word) == [(word, "unknown", [])]


def test_a_name_by_its_capital_is_no_swahili_verb():
    assert read(SWAHILI, "mji wa Wasaidia")[-1] == ("Wasaidia", "unknown", [])
    assert read(SWAHILI, "Wasaidia kijiji")[0] == ("Wasaidia", "term", ["aid"])
    assert read(SWAHILI, "Kijiji. Wasaidia kijiji")[1] == ("Wasaidia", "term", ["aid"])


@pytest.mark.parametrize("word", ["ng'ombe", "ng’ombe", "Ng'ombe"])
def test_an_apostrophe_within_a_word_is_part_of_it(word):
    assert english(SWAHILI, word) == ["cow"]


def test_a_capital_tells_a_country_from_a_word():
    assert read(SWAHILI, "mali ya Mali") == [("mali", "term", ["wealth"]), ("ya", "unknown", []), ("Mali", "place", ["Mali"])]


@pytest.mark.parametrize("word", ["ajar", "mengajar", "diajar", "belajar", "pelajaran", "pengajar", "mengajarkan", "diajarkan"])
def test_indonesian_affixes_are_taken_off(word):
    assert english(lexicon("id", ("term", "teach", "ajar")), word) == ["teach"]


RUSSIAN = lexicon("ru", ("term", "village", "деревня"), ("term", "account", "счёт"), ("place", "Zembla", "Зембла"))


@pytest.mark.parametrize("word", ["деревня", "деревни", "деревне", "деревню", "деревней", "деревнях", "деревням", "ДЕРЕВНЯМИ"])
def test_a_russian_word_is_found_in_its_cases(word):
    assert english(RUSSIAN, word) == ["village"]


@pytest.mark.parametrize("word", ["Зембла", "Земблы", "Зембле", "Земблу", "Земблой"])
def test_a_russian_name_is_found_in_its_cases(word):
    assert read(RUSSIAN, word) == [(word, "place", ["Zembla"])]


def test_a_country_is_found_in_its_russian_cases():
    assert english(RUSSIAN, "Индонезии Индонезию Кении Непала Чада") == ["Indonesia", "Indonesia", "Kenya", "Nepal", "Chad"]


@pytest.mark.parametrize("word", ["счёт", "счет", "счёта", "счета", "сче\u0308т"])
def test_a_russian_word_is_found_with_and_without_the_dots(word):
    assert english(RUSSIAN, word) == ["account"]


CHINESE = lexicon(
    "zh",
    ("term", "poverty reduction", "扶贫"),
    ("term", "poverty-reduction team", "扶贫工作队"),
    ("term", "village", "村"),
    ("term", "villager", "村民"),
    ("term", "people", "民"),
    ("question", "how many", "多少"),
    ("place", "Shibadong", "十八洞"),
    ("term", "income", "收入"),
    ("term", "enter", "入"),
)


def test_chinese_is_read_in_its_longest_words():
    assert english(CHINESE, "扶贫工作队多少村民") == ["poverty-reduction team", "how many", "villager"]
    assert english(CHINESE, "十八洞村收入") == ["Shibadong", "village", "income"]


def test_a_single_character_means_something_only_where_no_word_holds_it():
    assert english(CHINESE, "村收入") == ["village", "income"]
    assert english(CHINESE, "入") == ["enter"]


def test_chinese_characters_that_nothing_holds_stand_together():
    assert read(CHINESE, "增加收入") == [("增加", "unknown", []), ("收入", "term", ["income"])]
    assert read(CHINESE, "古鲁，古鲁") == [("古鲁", "unknown", []), ("古鲁", "unknown", [])]


def test_a_latin_name_and_the_characters_behind_it_are_two_words():
    assert [text for text, _, _ in read(CHINESE, "PKH改变收入")] == ["PKH", "改变", "收入"]
    assert [text for text, _, _ in read(CHINESE, "改变PKH收入")] == ["改变", "PKH", "收入"]


def test_full_width_letters_and_digits_are_those_of_the_keyboard():
    assert CHINESE.normal("ＰＫＨ２０１９？") == "PKH2019?"
    assert [text for text, _, _ in read(CHINESE, "ＰＫＨ，收入")] == ["PKH", "收入"]


@pytest.mark.parametrize("text", ["960万村民", "９６０万村民", "960 万村民"])
def test_a_number_in_ten_thousands_is_read_in_millions(text):
    assert [(word, kind) for word, kind, _ in read(CHINESE, text)][:2] == [("9.6", "number"), ("million", "unknown")]
    assert english(CHINESE, text)[2:] == ["villager"]


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("id", "14.000 rumah", "14000"),
        ("fr", "14 000 foyers", "14000"),
        ("es", "23,5 por ciento", "23.5"),
        ("ar", "٢٠١٩", "2019"),
    ],
)
def test_a_number_is_one_word_as_english_writes_it(language, text, number):
    assert read(lexicon(language), text)[0] == (number, "number", [])


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("id", "Tiongkok", "China"),
        ("fr", "Côte d’Ivoire", "Côte d’Ivoire"),
        ("fr", "Cote d'Ivoire", "Côte d’Ivoire"),
        ("fr", "Égypte", "Egypt"),
        ("es", "Perú", "Peru"),
        ("es", "Etiopia", "Ethiopia"),
        ("pt", "Quênia", "Kenya"),
        ("ar", "مصر", "Egypt"),
        ("ru", "Эфиопия", "Ethiopia"),
        ("sw", "Ujerumani", "Germany"),
        ("zh", "印度尼西亚", "Indonesia"),
        ("fr", "Afrique", "Africa"),
        ("zh", "非洲", "Africa"),
    ],
)
def test_countries_and_regions_are_known_without_a_glossary(language, text, wanted):
    assert read(lexicon(language), text) == [(lexicon(language).normal(text), "place", [wanted])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Maret"),
        ("id", "Senin"),
        ("fr", "Mars"),
        ("es", "Enero"),
        ("pt", "Março"),
        ("ar", "مارس"),
        ("ru", "Марта"),
        ("sw", "Machi"),
        ("zh", "二月"),
    ],
)
def test_months_and_days_are_no_names(language, text):
    ((_, kind, _),) = read(lexicon(language), text)
    assert kind == "function"


def test_a_term_of_stop_words_alone_searches_for_nothing():
    assert read(lexicon("sw", ("term", "about (roughly)", "karibu")), "karibu")[0][1] == "function"


def test_a_term_of_stop_words_alone_never_hides_a_real_one():
    words = lexicon("sw", ("term", "about (roughly)", "karibu"), ("term", "neighbourhood", "karibu"))
    assert read(words, "karibu") == [("karibu", "term", ["neighbourhood"])]


def test_of_rows_that_share_a_form_the_first_is_the_better_sense():
    words = lexicon("fr", ("term", "bank", "banque"), ("term", "lender", "banque"), ("name", "Bank Fund", "banque"))
    assert read(words, "la banque")[1] == ("banque", "term", ["bank", "lender"])


def test_a_word_has_no_more_senses_than_are_searched_for():
    words = lexicon("fr", *(("term", f"goat{n}", "chèvre") for n in range(MOST_SENSES + 2)))
    assert [sense for _, _, senses in read(words, "chèvre") for sense in senses] == [f"goat{n}" for n in range(MOST_SENSES)]


def test_a_hint_is_no_part_of_what_is_searched_for():
    (word,) = lexicon("fr", ("term", "turkey (bird)", "dinde")).read("dinde")
    assert (word.english, word.senses[0].terms) == ("turkey", ("turkey",))


@pytest.mark.parametrize("language", ["id", "fr", "es", "pt", "ar", "ru", "sw"])
def test_a_name_is_known_by_its_english_spelling_too(language):
    words = lexicon(language, ("name", "Bolsa Familia", "zembla"))
    assert read(words, "Bolsa Familia")[0] == ("Bolsa Familia", "name", ["Bolsa Familia"])


@pytest.mark.parametrize("language", ["id", "fr", "es", "pt", "ar", "ru", "sw"])
def test_an_accent_that_the_entry_lacks_means_nothing(language):
    words = lexicon(language, ("name", "Bolsa Familia", "zembla"))
    assert read(words, "Bolsa Família")[0] == ("Bolsa Família", "name", ["Bolsa Familia"])


def test_a_latin_name_of_several_words_is_known_in_chinese():
    words = lexicon("zh", ("name", "Bolsa Familia", "家庭津贴"))
    assert read(words, "Bolsa Familia收入")[0] == ("Bolsa Familia", "name", ["Bolsa Familia"])
