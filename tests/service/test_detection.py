"""Which language a question is written in."""

import pytest

from corpus.lists import suggested
from service.detection import Detector

NAMES = ["Dana Desa", "Bolsa Familia", "Familias en Accion", "Progresa", "Girinka", "Kudumbashree", "Raskin"]


@pytest.fixture(scope="module")
def detector():
    return Detector(NAMES)


@pytest.mark.parametrize("language", ["en", "id", "fr", "es", "pt", "ar", "ru", "sw", "zh"])
def test_every_suggested_question_is_in_its_language(detector, language):
    assert [question for question in suggested(language) if detector.language(question, "en") != language] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("贫困村如何增加收入？", "zh"),
        ("什么是PKH", "zh"),
        ("GoBifo在哪里", "zh"),
        ("كيف تم الحد من الفقر؟", "ar"),
        ("ما هو برنامج GoBifo؟", "ar"),
        ("Как сократили бедность?", "ru"),
        ("Помогла ли Bolsa Família детям?", "ru"),
        ("貧困", "zh"),
    ],
)
@pytest.mark.parametrize("interface", [None, "en", "ar"])
def test_a_script_tells_its_language_whatever_the_interface(detector, text, language, interface):
    assert detector.language(text, interface) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What happened to farmers in 十八洞 after the visit?", "en"),
        ("Does уборка work in villages?", "en"),
        ("Apa arti kata زكاة dalam program ini?", "id"),
        ("How did 十八洞村 work?", "zh"),
    ],
)
def test_of_two_scripts_the_one_that_makes_a_good_part_of_the_question_tells(detector, text, language):
    assert detector.language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Did Dana Desa work?", "en"),
        ("What did Bolsa Família change?", "en"),
        ("Did Progresa help?", "en"),
        ("Did Familias en Acción reach the poor?", "en"),
        ("What of Raskin, Girinka, BUMDES?", "en"),
        ("Quels villages ont eu Dana Desa ?", "fr"),
        ("Apa yang diubah oleh Bolsa Família?", "id"),
    ],
)
def test_names_are_left_out_of_the_reckoning(detector, text, language):
    assert detector.language(text, "en") == language


@pytest.mark.parametrize("text", ["Dana Desa", "Bolsa Família?", "PKH", "PKH, BLT?", "2019", "", "…"])
@pytest.mark.parametrize("interface", ["fr", "ar", "sw"])
def test_a_question_of_names_alone_is_in_the_language_of_the_interface(detector, text, interface):
    assert detector.language(text, interface) == interface
    assert detector.language(text) == "en"


@pytest.mark.parametrize(
    ("text", "interface"), [("desa", "id"), ("goats", "fr"), ("programme social", "fr"), ("banco", "es"), ("banco", "pt")]
)
def test_the_interface_decides_where_a_few_words_fit_its_language(detector, text, interface):
    assert detector.language(text, interface) == interface


@pytest.mark.parametrize(
    ("text", "language"),
    [("cash transfers", "en"), ("¿Cuántas aldeas?", "es"), ("combien d'habitants ?", "fr"), ("wanawake vijijini", "sw")],
)
def test_a_few_words_that_are_surely_of_another_language_are_in_that(detector, text, language):
    assert detector.language(text, "id") == language


def test_the_interface_decides_nothing_where_a_question_is_long_enough(detector):
    text = "Did cash transfers help poor children in rural villages?"
    assert {detector.language(text, interface) for interface in (None, "en", "fr", "id", "zh", "ar")} == {"en"}


@pytest.mark.parametrize(
    "text",
    [
        "Wie viele Ziegen haben die Haushalte im Dorf am Ende des Projekts bekommen?",
        "Welche Maßnahmen haben den ärmsten Familien auf dem Land wirklich aus der Armut geholfen?",
        "Come è stata ridotta la povertà nel villaggio e chi ha pagato le scuole?",
        "Jak zmniejszono ubóstwo na wsi i kto za to zapłacił?",
        "Nghèo đói được giảm như thế nào ở nông thôn?",
        "গ্রামে দারিদ্র্য কীভাবে কমেছে এবং কারা টাকা দিয়েছে?",
        "ความยากจนในหมู่บ้านลดลงได้อย่างไร",
    ],
)
@pytest.mark.parametrize("interface", [None, "en", "fr"])
def test_a_long_question_in_a_tenth_language_is_in_none_of_the_nine(detector, text, interface):
    assert detector.language(text, interface) is None


@pytest.mark.parametrize(
    "text",
    [
        "गाँव के सबसे गरीब परिवारों की आमदनी सरकार की योजना से कितनी बढ़ी और इसके लिए किसने पैसे दिए थे?",
        "गाँव में गरीबी कैसे कम हुई और क्या बदला?",
        "गरीबी कैसे कम हुई?",
        "Πώς μειώθηκε η φτώχεια;",
    ],
)
def test_a_script_that_none_of_the_nine_is_written_in_is_in_none_of_them(detector, text):
    assert detector.language(text, "en") is None


@pytest.mark.parametrize(
    "text", ["Was hat das Projekt den Kindern gebracht?", "Yoksulluk köyde nasıl azaltıldı ve ne değişti?"]
)
def test_a_question_of_seven_words_in_a_tenth_language_is_in_none_of_the_nine(detector, text):
    assert detector.language(text, "en") is None
