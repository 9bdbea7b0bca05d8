"""From a question to an answer, over the real corpus."""

import re

import pytest

from corpus.glossary import OTHERS
from corpus.lists import region_names, suggested
from evals.sets import read_core
from ingest.passages import split_passages
from ingest.sync import sync
from service.assistant import Assistant
from service.contract import Ask
from service.terms import Terms
from service.wording import wording

SET = read_core()
QUESTIONS = [*suggested(), *(one.question for one in [*SET.answer, *SET.refuse])]


@pytest.fixture(scope="module")
def answers(assistant):
    """An answer to every suggested question and to every question of the core set."""
    return {text: assistant.answer(Ask(question=text)) for text in QUESTIONS}


@pytest.mark.parametrize("question", suggested())
def test_every_suggested_question_is_answered(answers, question):
    assert answers[question].outcome == "answered"
    assert answers[question].statements


def test_every_question_that_a_brief_says_it_answers_is_answered_from_it(assistant, corpus_library):
    """So a follow-up needs not be tried before it is offered. One in six is asked, the same at every run."""
    written = {
        question: identity
        for identity in corpus_library.documents()
        for entry in corpus_library.passages_of(identity)
        for question in entry.passage.questions
    }
    answers = {question: assistant.answer(Ask(question=question)) for question in sorted(written)[::6]}
    assert {question: answer.missing for question, answer in answers.items() if answer.outcome != "answered"} == {}
    elsewhere = [q for q, answer in answers.items() if written[q] not in {one.document for one in answer.citations}]
    assert len(elsewhere) <= len(answers) / 50


def test_a_dispute_of_the_corpus_that_is_asked_about_is_shown(assistant, corpus_library):
    """By its own topic; the same matter may be shown from another brief, and a topic alone may not name its place."""
    disputes = [one for document in corpus_library.documents().values() for one in document.disagreements]
    asked = {one.topic: assistant.answer(Ask(question=f"Do sources agree on {one.topic}?")) for one in disputes}
    shown = [topic for topic, answer in asked.items() if topic in {one.topic for one in answer.disagreements}]
    assert len(shown) >= 0.85 * len(asked)


def test_warming_works_out_the_briefs_and_ends_when_it_is_stopped(write_corpus, brief, library, encoder, terms):
    sync(library, encoder, [write_corpus({"idn-demo": brief(), "idn-more": brief("idn-more")})])
    asked = iter([False, True])
    Assistant(library, encoder, terms).warm(lambda: next(asked))
    warm = {one: all("terms" in vars(entry) for entry in library.passages_of(one)) for one in library.documents()}
    assert sorted(warm.values()) == [False, True]


@pytest.mark.parametrize("region", ["Africa", "East Africa", "Latin America", "Southeast Asia"])
def test_a_region_is_held_by_the_briefs_of_its_countries(assistant, corpus_library, region):
    answer = assistant.answer(Ask(question=f"Did cash transfers help children in {region}?"))
    codes = {code for one in answer.citations for code in corpus_library.documents()[one.document].facets.countries}
    assert answer.outcome == "answered"
    assert all(region in region_names(code) for code in codes)


def test_a_country_that_a_document_only_mentions_is_not_answered_from_what_it_says_of_another(assistant, corpus_library):
    assert corpus_library.naming("Burkina", ["public"])
    answer = assistant.answer(Ask(question="What did Burkina Faso find about conditions on cash?"))
    assert answer.statements
    held = corpus_library.documents()
    for one in answer.citations:
        about = held[one.document].facets.countries
        passages = {entry.passage.id: entry.passage for entry in corpus_library.passages_of(one.document)}
        assert "BFA" in about or "Burkina" in passages[one.passage].text


def test_what_is_set_aside_is_not_quoted(assistant):
    answer = assistant.answer(Ask(question="Apart from Huzhu, where else in China do poor women live from stitching together?"))
    assert answer.statements
    assert [one.text for one in answer.statements if "Huzhu" in one.text] == []


@pytest.mark.parametrize("words", ["Girinka", "stunting", "savings groups", "guinea fowl", "forest rangers", "elite capture"])
def test_key_words_alone_are_answered(assistant, words):
    assert assistant.answer(Ask(question=words)).outcome == "answered"


@pytest.mark.parametrize("question", ["are you married", "Is the earth flat, yes or no?", "How do I roast a duck?"])
def test_small_talk_and_far_questions_are_not_answered(assistant, question):
    assert assistant.answer(Ask(question=question)).outcome == "not_found"


def test_no_follow_up_tells_of_an_asker(answers):
    assert [
        one for answer in answers.values() for one in answer.follow_ups if re.search(r"\b(?:I|we|my|our)\b", one, re.I)
    ] == []


def test_follow_ups_are_questions_that_the_briefs_say_they_answer(answers, corpus_library):
    written = {
        question
        for identity in corpus_library.documents()
        for entry in corpus_library.passages_of(identity)
        for question in entry.passage.questions
    }
    assert {one for answer in answers.values() for one in answer.follow_ups if answer.statements} <= written


def test_no_follow_up_repeats_the_question(answers, assistant):
    (first, *_) = answers[suggested()[0]].follow_ups
    assert first not in assistant.answer(Ask(question=first)).follow_ups


def test_every_quote_stands_verbatim_in_its_document_where_its_citation_says(answers, corpus_library, encoder):
    documents = [corpus_library.catalog.document(identity) for identity in corpus_library.documents()]
    passages = {passage.id: passage.text for document in documents for passage in split_passages(document, encoder.count)}
    citations = [citation for answer in answers.values() for citation in answer.citations]
    assert len(citations) > 100
    assert [one for one in citations if passages[one.passage][one.start : one.end] != one.quote] == []


def test_every_statement_is_a_quote_with_its_citation(answers):
    for answer in answers.values():
        by_number = {one.number: one.quote for one in answer.citations}
        assert list(by_number) == list(range(1, len(by_number) + 1))
        assert [one.text for one in answer.statements] == [
            by_number[number] for one in answer.statements for number in one.citations
        ]
        assert {one.support for one in answer.statements} <= {"quoted"}


def test_every_statement_stands_in_one_group_under_its_document(answers):
    for answer in answers.values():
        grouped = {index: group.document for group in answer.groups for index in group.statements}
        assert grouped == {index: one.document for index, one in enumerate(answer.citations)}
        assert sum(len(group.statements) for group in answer.groups) == len(answer.statements)


def test_no_answer_says_more_than_six_things_or_one_thing_twice(answers):
    for answer in answers.values():
        texts = [one.text for one in answer.statements]
        assert len(texts) <= 6
        assert len(set(texts)) == len(texts)


def test_a_cited_sentence_shows_its_own_sources_and_our_inference_none(answers):
    for citation in (one for answer in answers.values() for one in answer.citations):
        if citation.locator.label == "For another place":
            assert citation.sources == []
        assert all(source.voice and source.method and source.checked for source in citation.sources)


def test_an_outcome_fits_what_the_answer_holds(answers):
    for answer in answers.values():
        assert bool(answer.statements) is (answer.outcome in ("answered", "partial"))
        assert bool(answer.missing) <= (answer.outcome in ("partial", "not_found"))
        assert not answer.nearest or answer.outcome == "not_found"


def test_every_answer_is_one_by_the_published_contract(answers, in_contract):
    broken = [
        question for question, answer in answers.items() if not in_contract(answer.model_dump(mode="json", by_alias=True))
    ]
    assert broken == []


def test_the_same_question_gets_the_same_answer(assistant):
    one, other = (assistant.answer(Ask(question=suggested()[2])) for _ in range(2))
    assert [citation.quote for citation in one.citations] == [citation.quote for citation in other.citations]
    assert one.id != other.id


def test_a_question_without_content_is_asked_back(asked):
    answer = asked("What about it, then?")
    assert answer.outcome == "unclear"
    assert [notice.code for notice in answer.notices] == ["unclear"]


def test_a_question_in_none_of_the_nine_languages_is_answered_with_what_to_do(asked):
    answer = asked("Wie viele arme Haushalte wurden anfangs irrtümlich erfasst?")
    assert answer.outcome == "unclear"
    assert [notice.code for notice in answer.notices] == ["language"]


def test_a_refusal_offers_the_nearest_cases_of_the_field(asked):
    answer = asked("What did Zembla do about conditional cash transfers for children?")
    assert answer.outcome == "not_found"
    assert any("cash" in example.title.lower() or "cash" in example.summary.lower() for example in answer.nearest)
    assert all(example.citations == [] for example in answer.nearest)


@pytest.mark.parametrize(
    "question", ["*", "idn-pkh", "' OR 1=1 --", "<script>alert(1)</script> cash", "a" * 2000, "\n\tPKH?\r\n", "👩🏽‍🌾 cash?"]
)
def test_an_odd_question_is_answered_or_turned_away_but_never_fails(asked, question):
    assert asked(question).question == question


def test_an_answer_is_of_one_moment_though_a_document_is_withdrawn_while_it_is_made(
    library, encoder, write_corpus, brief, terms
):
    sync(library, encoder, [write_corpus({"idn-demo": brief()})])
    assistant, naming = Assistant(library, encoder, terms), library.naming

    def withdrawing(name, collections):
        held = naming(name, collections)
        library.withdraw(["idn-demo"])
        return held

    library.naming = withdrawing  # the moment between the reading of the documents and the search
    answer = assistant.answer(Ask(question="How many goats did three villages in Indonesia own?"))
    assert answer.outcome == "not_found"
    assert answer.citations == []


LONG_GERMAN = "Wie viele Ziegen haben die Haushalte im Dorf am Ende des Projekts bekommen?"


class RecordingTerms(Terms):
    """The real terms, which keep of which languages they were asked."""

    def __init__(self, folder):
        super().__init__(folder)
        self.asked = []

    def lexicon(self, language):
        self.asked.append(language)
        return super().lexicon(language)


@pytest.fixture(scope="module")
def abroad(assistant):
    """{(language, question): answer} of every suggested question in every other language."""
    return {(language, one): assistant.answer(Ask(question=one)) for language in OTHERS for one in suggested(language)}


def test_every_suggested_question_is_answered_in_its_language(abroad):
    assert [one for one, answer in abroad.items() if (answer.language, answer.outcome) != (one[0], "answered")] == []


def test_a_question_of_each_brief_is_answered_in_each_language(assistant, corpus_library):
    """The first that its translation says it answers; most of them from that very brief."""
    briefs = [one for one in corpus_library.documents().values() if one.origin == "brief"]
    asked = [(one.id, language, told.questions[0]) for one in briefs for language, told in one.translations.items()]
    assert len(asked) == 8 * len(briefs)
    failed, elsewhere = [], []
    for identity, language, question in asked:
        answer = assistant.answer(Ask(question=question, interface=language))
        if (answer.outcome, answer.language) != ("answered", language):
            failed.append((identity, language, question, answer.outcome, answer.language, answer.missing))
        elif identity not in {one.document for one in answer.citations}:
            elsewhere.append((identity, language, question))
    assert failed == []
    assert len(elsewhere) <= len(asked) / 50, elsewhere


def test_titles_and_summaries_are_told_in_the_language_of_the_answer(abroad, corpus_library):
    documents = corpus_library.documents()
    for (language, _), answer in abroad.items():
        for one in [*answer.groups, *answer.examples]:
            assert (one.title, one.language) == (documents[one.document].translations[language].title, language)
        assert [one.summary for one in answer.examples] == [
            documents[one.document].summary[language] for one in answer.examples
        ]


def test_quotes_stay_in_english_and_are_marked_so(abroad, corpus_library):
    for answer in abroad.values():
        assert {one.language for one in [*answer.statements, *answer.citations]} <= {"en"}
        assert {one.support for one in answer.statements} <= {"quoted"}
        assert [one for one in answer.statements if one.translated_from] == []
        for one in answer.citations:
            passages = {entry.passage.id: entry.passage.text for entry in corpus_library.passages_of(one.document)}
            assert passages[one.passage][one.start : one.end] == one.quote


def test_follow_ups_are_questions_of_the_briefs_in_the_language_of_the_answer(abroad, corpus_library):
    documents = corpus_library.documents().values()
    for (language, question), answer in abroad.items():
        written = {one for document in documents for one in document.translations[language].questions}
        assert answer.follow_ups
        assert set(answer.follow_ups) <= written - {question}
        assert len(set(answer.follow_ups)) == len(answer.follow_ups) <= 3


def test_why_an_example_is_shown_is_told_in_the_language_of_the_answer(abroad):
    for (language, _), answer in abroad.items():
        assert [one.why for one in answer.examples[:1]] == [wording(language).t("why.quoted")] * bool(answer.statements)
        assert [one.why for one in answer.examples if "same theme" in one.why or "quoted" in one.why] == []


def test_answers_in_other_languages_are_by_the_published_contract(abroad, in_contract):
    assert [one for one, answer in abroad.items() if not in_contract(answer.model_dump(mode="json", by_alias=True))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_topic_of_a_disagreement_is_told_in_the_language_of_the_answer(assistant, corpus_library, language):
    document = corpus_library.documents()["rwa-girinka"]
    answer = assistant.answer(Ask(question="Girinka", interface=language))
    assert answer.language == language
    assert [(one.topic in document.translations[language].topics, one.language) for one in answer.disagreements] == [
        (True, language)
    ]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Did Dana Desa reduce poverty in Indonesian villages?", "fr"),
        ("Apa hasil Dana Desa di Indonesia?", "ar"),
        ("Apa hasil Dana Desa di Indonesia?", "en"),
    ],
)
def test_the_language_that_a_reader_chose_goes_before_that_of_the_question(assistant, corpus_library, question, language):
    answer = assistant.answer(Ask(question=question, language=language))
    documents = corpus_library.documents()
    assert (answer.outcome, answer.language) == ("answered", language)
    assert {one.language for one in [*answer.groups, *answer.examples]} == {language}
    assert [one.title for one in answer.groups] == [documents[one.document].telling(language).title for one in answer.groups]
    if language != "en":
        assert set(answer.follow_ups) <= {
            one for document in documents.values() for one in document.translations[language].questions
        }


def test_the_language_that_a_reader_chose_changes_no_quote(assistant):
    question = "Apa hasil Dana Desa di Indonesia?"
    answers = [assistant.answer(Ask(question=question, language=language)) for language in ("auto", "en", "zh")]
    assert len({tuple(one.quote for one in answer.citations) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("question", "kind", "text"),
    [
        ("Сколько коров раздали в Земблии?", "topic", "Земблии"),
        ("黄文秀做了什么？", "topic", "黄文秀"),
        ("ما برنامج زمبلا للأطفال؟", "topic", "زمبلا"),
        ("Le projet Zembla a-t-il aidé les enfants ?", "topic", "Zembla"),
        ("Bantuan tunai di Islandia berhasil?", "place", "Islandia"),
        ("Помогли ли денежные выплаты детям Исландии?", "place", "Исландия"),
    ],
)
def test_what_is_missing_is_named_in_the_askers_own_words(assistant, question, kind, text):
    answer = assistant.answer(Ask(question=question))
    assert answer.outcome == "not_found"
    assert [(one.kind, one.text) for one in answer.missing] == [(kind, text)]
    assert answer.citations == []


def test_a_refusal_offers_the_nearest_cases_in_the_language_of_the_answer(assistant, corpus_library):
    answer = assistant.answer(
        Ask(question="Le projet Zembla a-t-il aidé les enfants des familles pauvres à aller à l’école ?", language="ar")
    )
    documents = corpus_library.documents()
    assert answer.nearest
    assert [(one.title, one.summary) for one in answer.nearest] == [
        (documents[one.document].translations["ar"].title, documents[one.document].summary["ar"]) for one in answer.nearest
    ]
    assert answer.nearest[0].why == wording("ar").t("why.nearest")
    assert set(answer.follow_ups) <= set(documents[answer.nearest[0].document].translations["ar"].questions)


@pytest.mark.parametrize(
    ("language", "question"), [("fr", "Comment cuire un canard ?"), ("es", "¿Cómo se asa un pato?"), ("zh", "怎么烤鸭子？")]
)
def test_a_far_question_is_turned_away_with_suggestions_in_its_language(assistant, language, question):
    answer = assistant.answer(Ask(question=question))
    assert (answer.outcome, answer.language, answer.nearest) == ("not_found", language, [])
    assert answer.follow_ups == suggested(language)[:3]


@pytest.mark.parametrize(
    ("language", "question"),
    [("fr", "Dans quelle mesure ?"), ("es", "¿Y qué tal?"), ("ru", "Что это такое?"), ("zh", "怎么样？"), ("ar", "كيف ذلك؟")],
)
def test_a_question_without_content_is_asked_back_in_its_language(assistant, language, question):
    answer = assistant.answer(Ask(question=question, interface=language))
    assert (answer.outcome, answer.language) == ("unclear", language)
    assert [(one.code, one.text) for one in answer.notices] == [("unclear", wording(language).t("answer.unclear"))]


@pytest.mark.parametrize("interface", ["fr", "ar", None])
def test_a_question_in_a_tenth_language_is_answered_with_what_to_do_in_the_language_of_the_interface(assistant, interface):
    answer = assistant.answer(Ask(question=LONG_GERMAN, interface=interface))
    assert (answer.outcome, answer.language, answer.statements) == ("unclear", interface or "en", [])
    assert [(one.code, one.text) for one in answer.notices] == [("language", wording(interface or "en").t("answer.language"))]


def test_a_question_of_which_little_is_understood_is_told_which_words_were(assistant):
    answer = assistant.answer(Ask(question="quelles xyzzy plugh frobnicate quux pauvreté des enfants ?", language="es"))
    (notice,) = answer.notices
    assert notice.code == "words"
    assert notice.text == wording("es").t("answer.words", words="pauvreté des enfants")


def test_a_question_that_is_understood_is_told_nothing(abroad):
    assert [one for answer in abroad.values() for one in answer.notices if one.code == "words"] == []


def test_the_interface_decides_of_a_name_alone_and_not_of_a_sentence(assistant):
    answers = {interface: assistant.answer(Ask(question="Girinka", interface=interface)) for interface in ("fr", "sw", "ar")}
    assert {interface: answer.language for interface, answer in answers.items()} == {one: one for one in answers}
    assert assistant.answer(Ask(question="Did Girinka reduce poverty in Rwanda?", interface="fr")).language == "en"


def test_a_case_from_elsewhere_is_told_by_the_place_as_the_asker_wrote_it(assistant):
    answer = assistant.answer(Ask(question="Je suis maire au Pérou. Les transferts monétaires aident-ils les enfants ?"))
    (notice,) = [one for one in answer.notices if one.code == "elsewhere"]
    assert notice.text == wording("fr").t("answer.elsewhere", place="Pérou")


def test_a_document_that_is_told_in_english_alone_stays_english_and_is_marked_so(small, encoder, terms):
    answer = Assistant(small, encoder, terms).answer(
        Ask(question="Combien de chèvres avaient trois villages d'Indonésie en 2020 ?")
    )
    assert (answer.outcome, answer.language) == ("answered", "fr")
    assert [(one.title, one.language) for one in answer.groups] == [("Goats and coaching in three villages", "en")]
    assert [one.language for one in answer.examples] == ["en"]
    assert answer.follow_ups == []


def test_a_question_in_english_needs_no_glossary(small, encoder, tmp_path):
    terms = RecordingTerms(tmp_path)
    assistant = Assistant(small, encoder, terms)
    answer = assistant.answer(Ask(question="How many goats did three villages in Indonesia own by 2020?"))
    assert (answer.outcome, terms.asked) == ("answered", [])
    assistant.answer(Ask(question="Berapa kambing di tiga desa di Indonesia?"))
    assert set(terms.asked) == {"id"}
