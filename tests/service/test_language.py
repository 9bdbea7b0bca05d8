"""What a question asks: names, years, clauses, content words, and the asker's own place."""

import pytest

from service.language import content_terms, understand

COMMON = frozenset(
    ["goats", "solar", "what", "how", "why", "did", "does", "embroidery", "cash", "tell", "poor", "village", "villages"]
)


def read(text):
    return understand(text, COMMON.__contains__)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("What could my village in East Kalimantan learn from Shibadong?", "East Kalimantan"),
        ("We are a hill town in Nepal. How can we start a cooperative?", "Nepal"),
        ("I work for a district office in Kisumu. Does cash help?", "Kisumu"),
        ("As a village head in Lombok, what should I know about goats?", "Lombok"),
        ("I come from Timor. Which goats are best?", "Timor"),
        ("Village chief in northern Uganda here. Do goats pay?", "Uganda"),
        ("Here in Sierra Leone the chief chooses. What is fairer?", "Sierra Leone"),
        ("New people in our country (Paraguay) want to end the cash. What then?", "Paraguay"),
        ("Benin, livestock service: what should make me nervous?", "Benin"),
        ("Timor-Leste, village chief. The ministry comes with a form.", "Timor-Leste"),
        ("Chamber of commerce, Kano: could firms help villages?", "Kano"),
        ("health worker in Guatemala: we visit the poorest. Does it last?", "Guatemala"),
        ("In Kyrgyzstan our walnut forest is cut. Could people be paid to guard it?", "Kyrgyzstan"),
        ("The women of our village in Senegal save each week. Did that help elsewhere?", "Senegal"),
        ("My colleague from Cairo asks: did goats help?", "Cairo"),
        ("They told us in Accra that cash feeds the market. Is it so?", "Accra"),
        ("In Peru the coast is rich. My minister wants pairing. Where does that exist?", "Peru"),
        ("A party in Sierra Leone promises a loan bank in our chiefdom. What may I answer?", "Sierra Leone"),
        ("Mayor, Bolivian highland. Each of my villages should make one thing. Is that wise?", "Bolivian"),
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
        "Solar in Anhui: did it pay?",
        "Our delegation flies to Kazakhstan. What was tried there?",
        "What did the trial in Indonesia find?",
        "How did Shibadong reduce poverty?",
        "Did incomes in East Kalimantan rise?",
        "I read that Kenya pays a basic income. What did it change?",
        "The poor in Ghana get cash. What became better?",
    ],
)
def test_a_place_that_is_asked_about_is_not_the_askers_own(text):
    assert read(text).own_places == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("How did Shibadong reduce poverty?", ["Shibadong"]),
        ("What did Han Yunan do for Qianhe?", ["Han Yunan", "Qianhe"]),
        ("Did PKH reduce stunting?", ["PKH"]),
        ("Does GOAT in Ghana pay?", ["GOAT", "Ghana"]),
        ("What did the Lao Goat Fund II cost?", ["Lao Goat Fund"]),
        ("An NGO offers goats. Do they pay?", []),
        ("mongolia child money results", ["Mongolia"]),
        ("guinea fowl in burkina faso", ["Burkina Faso"]),
        ("Village-goats: what came of them?", []),
        ("What are Bangladesh's results?", ["Bangladesh"]),
        ("Why did the guinea fowl project fail?", []),
        ("Goats and coaching: what came of them?", []),
        ("HOW DID SOLAR VILLAGES", []),
        ("What happened in March?", []),
        ("Who came on Monday and left by Friday?", []),
        ("Villages: what came of them?", []),
        ("What did 1,250 goats cost?", []),
    ],
)
def test_names_are_told_from_words_that_only_open_a_sentence(text, names):
    assert [name.text for name in read(text).names] == names


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("What happened in 2015?", [2015]),
        ("How many moved between 2016 and 2020?", [2016, 2020]),
        ("How many moved in 2016-2020?", [2016, 2020]),
        ("How many left poverty by late 2019?", [2019]),
        ("Is a grant of 2000 yuan enough?", []),
        ("Are 2000 families too many?", []),
        ("What did 12015 goats cost?", []),
    ],
)
def test_years_are_told_from_amounts(text, years):
    assert [year for year, _ in read(text).years] == years


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("What did PKH cost, and who paid for it?", ["What did PKH cost", "who paid for it?"]),
        ("Who moved? Where did they go?", ["Who moved", "Where did they go?"]),
        ("What did goats and coaching change?", ["What did goats and coaching change?"]),
    ],
)
def test_a_question_falls_into_the_clauses_that_ask(text, clauses):
    assert list(read(text).clauses) == clauses


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("One paper is hard on it, the evaluators are milder. What has each side to say?", True),
        ("I find two numbers for the goats. Which is right?", True),
        ("Did the goats pay or not?", True),
        ("I want to hear the praise and the good and the bad.", True),
        ("How many goats were given?", False),
        ("Did goats on both hills pay?", False),
        ("What did families own after two years?", False),
        ("How many people were lifted out of poverty in one year?", False),
        ("How do wages differ by region?", False),
        ("Why are they paid in Kenya and not in cash?", False),
    ],
)
def test_a_question_that_asks_for_both_sides_is_told(text, sides):
    assert read(text).asks_sides is sides


@pytest.mark.parametrize(
    "text", ["In my notes stand 9.6 and 16. Which is it?", "Our council votes this Friday on goats. Did they pay?"]
)
def test_a_number_or_a_day_is_no_place_of_the_asker(text):
    assert read(text).own_places == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sierra Leone paid whom?", "Sierra Leone"),
        ("Sierra Leone's programme paid whom?", "Sierra Leone"),
        ("Sierra Leone Social Safety Net paid whom and for how long?", "Sierra Leone Social Safety Net"),
    ],
)
def test_a_country_that_opens_a_question_keeps_its_whole_name(text, name):
    assert [one.text for one in understand(text, lambda word: word == "sierra").names] == [name]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("In Kenya's dry north, what is paid, and how many are paid more?", 2),
        ("How many homes are in it, how many would be missed?", 2),
        ("Hebian - number of homes, and the year in which it stopped to be poor?", 2),
        ("How many homes are in it?", 0),
        ("The number of goats fell. Why did it fall?", 0),
        ("When cash stopped, villages suffered", 0),
    ],
)
def test_a_question_asks_in_parts(text, parts):
    assert len(read(text).parts) == parts


def test_what_a_question_sets_aside_is_neither_searched_for_nor_asked_about():
    question = read("Apart from Huzhu, where else in China do women live from stitching?")
    assert question.beside == ("Huzhu",)
    assert [name.text for name in question.names] == ["China"]
    assert "Huzhu" not in question.search


def test_a_compass_is_no_name():
    assert read("Under East-West pairing, what did the richer side give?").names == ()
    assert [name.text for name in read("What did North Korea give?").names] == ["North Korea"]


def test_a_name_and_a_year_belong_to_their_clause():
    question = read("How did Shibadong do it, and what happened in Dawan in 2019?")
    assert [(name.text, name.clause) for name in question.names] == [("Shibadong", 0), ("Dawan", 1)]
    assert question.years == ((2019, 1),)


def test_content_terms_are_the_words_that_carry_the_topic_each_once():
    assert content_terms("What did the villages do with a village's goats?") == ("villag", "goat")


@pytest.mark.parametrize("text", ["What is it?", "and what about them, please?", "?!", "Tell me more"])
def test_a_question_of_function_words_has_no_content(text):
    assert read(text).terms == ()


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("How many goats were given?", "figure"),
        ("What is the line in yuan for the year?", "figure"),
        ("When did the trial begin?", "time"),
        ("Who paid for the goats?", "person"),
        ("Who gains from goats, and who does not?", "effect"),
        ("What should my village watch out for?", "advice"),
        ("Did goats help the poor?", "effect"),
        ("Describe the embroidery workshop", "open"),
    ],
)
def test_what_the_question_wants_is_told(text, wants):
    assert read(text).wants == wants


def test_odd_spaces_and_wide_letters_do_not_matter():
    assert read("Did  ＰＫＨ\n reduce stunting?").search == "Did PKH reduce stunting?"
