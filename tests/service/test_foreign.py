"""What a question in another language asks for, in English terms."""

import pytest
from small_lexicon import lexicon

from service.foreign import understand_through, understood_share

HELD = {"goat", "kenya", "peru", "shibadong", "gobifo"}  # terms that stand in the library


FRENCH = lexicon(
    "fr",
    ("question", "what", "que|quel|quels|quelles"),
    ("question", "how", "comment"),
    ("question", "how many", "combien de|combien"),
    ("question", "who", "qui"),
    ("question", "when", "quand"),
    ("question", "did it work", "est-ce que"),
    ("question", "what should we do", "que devons-nous faire avec"),
    ("question", "what is known about", "que sait-on sur"),
    ("person", "I", "je"),
    ("person", "we", "nous"),
    ("person", "my, mine", "mon|ma"),
    ("person", "my village", "mon village"),
    ("function", "the, a, an", "le|la|les|un|une|des"),
    ("function", "of", "de|du"),
    ("function", "from", "de"),
    ("function", "and", "et"),
    ("function", "or", "ou"),
    ("function", "in, at, on", "à|en|dans|au"),
    ("function", "is, are", "est|sont|sommes|suis"),
    ("function", "do, does, did", "fait|font|peut"),
    ("term", "project", "projet"),
    ("term", "village", "village"),
    ("term", "school", "école"),
    ("term", "aid", "aide"),
    ("term", "relief", "aide"),
    ("term", "succour", "aide"),
    ("term", "goat", "chèvre|chèvres"),
    ("term", "child", "enfant|enfants"),
    ("term", "hear", "entendu"),
    ("term", "copy", "copier"),
    ("term", "learn", "apprendre"),
    ("term", "mayor", "maire"),
    ("term", "live", "habite"),
    ("term", "teacher", "professeur"),
    ("function", "please", "s'il vous plaît"),
    ("term", "household", "ménage|ménages"),
    ("term", "yuan", "yuan"),
    ("term", "effect", "effet|effets"),
    ("term", "cost", "coût"),
    ("term", "pros and cons", "avantages et inconvénients"),
    ("term", "critics", "critiques"),
    ("place", "Shibadong", "Shibadong"),
    ("name", "Bolsa Familia", "Bolsa Família"),
)
INDONESIAN = lexicon(
    "id",
    ("question", "how many", "berapa"),
    ("question", "who", "siapa"),
    ("question", "when", "kapan"),
    ("question", "what", "apa"),
    ("function", "and", "dan"),
    ("function", "in, at, on", "di"),
    ("term", "goat", "kambing"),
    ("term", "village", "desa"),
    ("term", "pay", "membayar"),
    ("term", "aid", "bantuan"),
    ("term", "stop", "berhenti"),
    ("term", "money", "uang"),
)


def read(text, words=FRENCH):
    return understand_through(words, text, HELD.__contains__)


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("Combien de chèvres ?", "figure"),
        ("Quel est le coût de l'aide ?", "figure"),
        ("Quand est l'aide ?", "time"),
        ("Qui sont les enfants ?", "person"),
        ("Est-ce que l'aide est à l'école ?", "effect"),
        ("Quels sont les effets de l'aide ?", "effect"),
        ("Que sait-on sur l'aide ?", "effect"),
        ("Que devons-nous faire avec l'aide ?", "advice"),
        ("Que peut apprendre le village ?", "advice"),
        ("Les chèvres ?", "effect"),
        ("Comment est l'école ?", "open"),
        ("l'école", "open"),
    ],
)
def test_what_is_wanted_is_told_by_the_english_of_the_question_words(text, wants):
    assert read(text).wants == wants


def test_a_question_is_rendered_in_english_with_what_it_asks_first():
    question = read("Au Kenya, combien de chèvres et d'enfants en 2019 ?")
    assert question.clauses == ("how many Kenya, goat and child 2019",)
    assert question.language == "fr"
    assert question.text == "Au Kenya, combien de chèvres et d'enfants en 2019 ?"


def test_the_encoder_reads_two_senses_of_a_word_and_bm25_all():
    question = read("l'aide")
    assert question.search == "aid aid relief"
    assert question.meanings == ((("aid",), ("relief",), ("succour",)),)
    assert question.terms == ("aid",)


def test_the_same_meaning_is_searched_for_once():
    assert len(read("l'aide, aide et aide").meanings) == 1


def test_an_unknown_word_is_searched_for_as_it_is_written():
    assert "zembla" in read("zembla").search
    assert read("zembla").meanings == ((("zembla",),),)


def test_an_unknown_word_of_another_script_is_not_read_by_the_encoder():
    question = read("зембла коза", lexicon("ru", ("term", "goat", "коза")))
    assert "goat" in question.search
    assert question.search.isascii()


def test_names_have_their_english_text_and_what_the_asker_wrote():
    question = read("Que fait le projet Zembla de Bolsa Família ? Que fait l'école en Égypte ?")
    assert [(name.text, name.clause, name.written) for name in question.names] == [
        ("Zembla", 0, "Zembla"),
        ("Bolsa Familia", 0, "Bolsa Família"),
        ("Egypt", 1, "Égypte"),
    ]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Le projet en 2015 ?", [2015]),
        ("Le projet de 2015 à 2019 ?", [2015, 2019]),
        ("Le projet 2015-2019 ?", [2015, 2019]),
        ("2000 ménages ?", []),
        ("2000 yuan en 2019 ?", [2019]),
        ("2 000 enfants ?", [2000]),
        ("1750, 2150, 20191 ?", []),
    ],
)
def test_years_are_told_from_amounts(text, years):
    assert [year for year, _ in read(text).years] == years


def test_a_year_stands_in_its_clause():
    assert read("Que fait l'école en 2015 ? Que fait l'aide en 2019 ?").years == ((2015, 0), (2019, 1))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Je suis dans un village au Pérou. Que font les chèvres ?", "Peru"),
        ("Nous sommes au Pérou. Que font les chèvres ?", "Peru"),
        ("Mon village est à Zembla. Que font les chèvres ?", "Zembla"),
        ("Que font les chèvres dans mon village au Pérou ?", "Peru"),
        ("Maire, Pérou : que font les chèvres ?", "Peru"),
        ("Maire au Pérou. Que font les chèvres ?", "Peru"),
        ("Pérou. Que font les chèvres ?", "Peru"),
        ("J'habite au Pérou. Que font les chèvres ?", "Peru"),
        ("L'école est à Zembla. Que font les chèvres ?", "Zembla"),
    ],
)
def test_the_askers_own_place_is_context_and_not_asked_about(text, place):
    question = read(text)
    assert question.own_places == (place,)
    assert place not in question.search
    assert place not in [name.text for name in question.names]


@pytest.mark.parametrize(
    "text",
    [
        "Que font les chèvres au Kenya ?",
        "Que font les chèvres au Kenya ? Nous sommes des enfants.",
        "Nous sommes le maire, entendu au Kenya. Que font les chèvres ?",
        "Je suis maire. Entendu au Kenya : que font les chèvres ?",
        "Kenya : que font les chèvres ?",
        "Nous sommes au Pérou. Que fait le Pérou ?",
        "Le projet est à Zembla. Que font les chèvres ?",
        "L'école est au Kenya.",
        "Au Kenya les enfants sont à l'école. Que fait l'aide ?",
        "Que peut copier mon village de Shibadong ?",
        "Que peut apprendre mon village de Shibadong ?",
    ],
)
def test_a_place_that_is_asked_about_is_not_the_askers_own(text):
    assert read(text).own_places == ()


@pytest.mark.parametrize(
    "text",
    [
        "Le maire, le professeur Kamara. Que font les chèvres ?",
        "S'il vous plaît, le coût de l'aide au maire à Zembla. Que font les chèvres ?",
    ],
)
def test_a_person_and_what_is_asked_for_politely_are_no_place_of_the_askers(text):
    assert read(text).own_places == ()


@pytest.mark.parametrize(
    "text",
    [
        "Je suis maire à Zembla, s'il vous plaît. Que font les chèvres ?",
        "Professeur, Zembla. Que font les chèvres ?",
    ],
)
def test_who_tells_of_himself_and_asks_politely_still_tells_his_place(text):
    assert read(text).own_places == ("Zembla",)


def test_what_asks_is_read_twice_behind_what_is_told_around_it():
    told, asked = "Le projet est à l'école.", "Combien de chèvres aide le village ?"
    assert read(f"{told} {asked}").search.split().count("goat") == 2 * read(asked).search.split().count("goat")
    assert read(f"{told} {asked}").search.split().count("school") == read(told).search.split().count("school")
    short = "Combien de chèvres au village ?"
    assert read(f"{told} {short}").search.split().count("goat") == read(short).search.split().count("goat")


def test_the_askers_own_place_is_told_where_his_village_wants_to_learn():
    question = read("Que peut apprendre mon village au Pérou de Shibadong ?")
    assert question.own_places == ("Peru",)
    assert [name.text for name in question.names] == ["Shibadong"]


@pytest.mark.parametrize(
    ("text", "words", "clauses"),
    [
        ("Berapa kambing di desa, dan siapa membayar bantuan?", INDONESIAN, ("how many goat village", "who and pay aid")),
        ("Berapa kambing, siapa membayar?", INDONESIAN, ("how many goat", "who pay")),
        ("Berapa kambing dan desa, kapan bantuan?", INDONESIAN, ("how many goat and village", "when aid")),
        ("Que fait l'aide ? Que fait l'école ?", FRENCH, ("what aid", "what school")),
        ("Que fait l'aide, et comment est l'école ?", FRENCH, ("what aid", "how and school")),
    ],
)
def test_two_questions_in_one_text_are_two_parts(text, words, clauses):
    question = read(text, words)
    assert question.clauses == clauses
    assert question.parts == (0, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Berapa kambing dan desa?", INDONESIAN),
        ("Kapan uang berhenti, siapa membayar?", INDONESIAN),
        ("Berapa, dan siapa membayar?", INDONESIAN),
        ("Que fait le projet qui aide l'école ?", FRENCH),
        ("L'école est à Zembla. Que font les chèvres ?", FRENCH),
    ],
)
def test_one_question_has_no_parts(text, words):
    assert read(text, words).parts == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Combien de chèvres dans le village, et qui a payé l'aide ?"),
        ("es", "¿Cuántas cabras hubo en la aldea y quién pagó el dinero?"),
        ("pt", "Quantas cabras houve na aldeia e quem pagou a ajuda?"),
        ("ru", "Сколько коз было в деревне и кто заплатил деньги?"),
    ],
)
def test_a_second_question_behind_and_is_a_part(terms, language, text):
    assert understand_through(terms.lexicon(language), text, lambda term: True).parts == (0, 1)


@pytest.mark.parametrize(
    ("text", "asks"),
    [("Quels avantages et inconvénients de l'aide ?", True), ("Que font les critiques ?", True), ("Que fait l'aide ?", False)],
)
def test_a_question_for_both_sides_is_told(text, asks):
    assert read(text).asks_sides is asks


@pytest.mark.parametrize(
    ("text", "understood", "unknown", "share"),
    [
        ("Que fait l'aide à l'école ?", ("aide", "école"), (), 1.0),
        ("Que fait zembla à l'école ?", ("école",), ("zembla",), 0.5),
        ("zembla xyzzy chèvre", ("chèvre",), ("zembla", "xyzzy"), 1 / 3),
        ("Le projet Zembla", ("projet",), ("Zembla",), 0.5),
        ("GoBifo", ("GoBifo",), (), 1.0),
        ("Que fait-il ?", (), ("il",), 0.0),
        ("Que font les 2000 ?", (), (), 0.0),
    ],
)
def test_the_share_of_words_that_are_understood_counts_content_words(text, understood, unknown, share):
    question = read(text)
    assert (question.understood, question.unknown) == (understood, unknown)
    assert understood_share(question) == pytest.approx(share)


@pytest.mark.parametrize("text", ["", "?", "et le de", "Que font-ils ?"])
def test_a_question_without_content_searches_for_nothing(text):
    words = lexicon("fr", ("question", "what", "que font"), ("function", "and", "et|le|de|ils"))
    question = understand_through(words, text, HELD.__contains__)
    assert (question.search, question.terms, question.meanings) == ("", (), ())


@pytest.mark.parametrize("text", ["’’'", "·", "：", "\u200f", "٪", "…?!", "，，", "🐐", "a" * 2000, "1.2.3,4", "¿?¿?", "'l'd'"])
@pytest.mark.parametrize("language", ["fr", "ar", "sw", "zh", "ru"])
def test_no_odd_text_fails(terms, language, text):
    assert understand_through(terms.lexicon(language), text, HELD.__contains__).language == language


NATURAL = [
    ("id", "Apakah bantuan tunai mengurangi stunting pada anak di desa?", "effect", "cash stunting child village"),
    ("fr", "Les transferts monétaires ont-ils aidé les enfants à aller à l'école ?", "effect", "cash transfer child"),
    ("es", "¿Cuánto subieron los ingresos de las mujeres en México?", "figure", "income woman Mexico"),
    ("pt", "O Bolsa Família reduziu a pobreza das crianças?", "effect", "Bolsa Familia reduce poverty child"),
    ("ar", "كم عدد الأسر الفقيرة التي حصلت على ماعز في إثيوبيا؟", "figure", "household poor goat Ethiopia"),
    ("ru", "Сколько коров получили бедные семьи в Руанде?", "figure", "cow poor household Rwanda"),
    ("sw", "Je, wanawake wa vijijini nchini Kenya walipata maji na mikopo?", "effect", "woman rural Kenya water loan"),
    ("zh", "十八洞村的村民人均收入增加了多少？", "figure", "Shibadong villager income"),
]


@pytest.mark.parametrize(("language", "text", "wants", "words"), NATURAL, ids=[language for language, *_ in NATURAL])
def test_a_natural_question_is_searched_for_in_english(terms, language, text, wants, words):
    question = understand_through(terms.lexicon(language), text, lambda term: True)
    assert question.wants == wants
    assert [word for word in words.split() if word not in question.search.split()] == []
    assert understood_share(question) > 0.8
