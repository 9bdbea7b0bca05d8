"""BM25 over what documents say of themselves in one language."""

import pytest

from ingest.documents import Document, Facets, Translation
from ingest.summaries import Summaries, summary_terms


def document(identity, language="fr", summary="", title="", questions=(), topics=(), **facets):
    """A document that is told in one language."""
    translations = {language: Translation(title, questions, topics)} if title else {}
    told = {"en": "Goats.", language: summary} if summary else {"en": "Goats."}
    return Document(identity, "1", "Goats", "brief", "en", (), summary=told, translations=translations, facets=Facets(**facets))


def found(documents, text, language="fr", limit=9):
    return list(Summaries(documents, language).search(text, limit))


GOATS = document(
    "goats",
    summary="Des chèvres pour trois villages.",
    title="Bétail",
    questions=("Combien cela rapporte-t-il ?",),
    topics=("si la laine compte",),
)
SHEEP = document("sheep", summary="Des moutons pour une école.", countries=("KEN",), themes=("livestock",))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("chèvre", "goats"),
        ("CHÈVRES", "goats"),
        ("chevres", "goats"),
        ("le bétail ?", "goats"),
        ("rapporter", "goats"),
        ("la laine", "goats"),
        ("mouton", "sheep"),
        ("Kenya", "sheep"),
        ("école", "sheep"),
    ],
)
def test_a_document_is_found_by_its_summary_title_questions_topics_and_countries(text, wanted):
    assert found([GOATS, SHEEP], text)[0] == wanted


def test_a_document_is_found_by_its_themes_in_that_language():
    assert found([SHEEP], "élevage") == ["sheep"]
    assert found([document("sheep", "sw", "Kondoo.", themes=("livestock",))], "mifugo", "sw") == ["sheep"]


@pytest.mark.parametrize("text", ["貧困戶", "贫困户"])
def test_a_chinese_document_is_found_by_traditional_and_by_simplified_characters(text):
    documents = [document("register", "zh", "贫困户名册。"), document("goats", "zh", "山羊。")]
    assert found(documents, text, "zh") == ["register"]


@pytest.mark.parametrize("text", ["l'école", "à l’école", "d'école"])
def test_a_french_word_is_found_behind_its_elision(text):
    assert found([SHEEP], text) == ["sheep"]


def test_the_best_comes_first_with_its_score_and_no_more_than_the_limit():
    scores = Summaries([GOATS, SHEEP, document("both", summary="Des chèvres, chèvres, moutons.")], "fr").search(
        "chèvres moutons", 2
    )
    assert len(scores) == 2
    assert next(iter(scores)) == "both"
    assert list(scores.values()) == sorted(scores.values(), reverse=True)
    assert min(scores.values()) > 0


def test_a_document_without_a_summary_in_that_language_is_not_told():
    assert found([document("untold"), GOATS], "chèvres Goats") == ["goats"]
    assert found([GOATS], "chèvres", "es") == []


def test_a_document_without_a_translation_is_told_by_its_summary_alone():
    assert found([document("bare", summary="Des chèvres.")], "chèvres") == ["bare"]


@pytest.mark.parametrize("text", ["", "?!", "zembla", "* AND (", 'text:"chèvres', "，"])
def test_a_text_that_nothing_tells_of_finds_nothing_and_fails_nowhere(text):
    assert set(found([GOATS, SHEEP], text)) <= {"goats"}
    assert found([], text) == []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("村庄扶贫", ["村庄", "庄扶", "扶贫"]),
        ("村", ["村"]),
        ("扶贫，村庄", ["扶贫", "村庄"]),
        ("GoBifo项目2019年", ["项目", "年", "gobifo", "2019"]),
        ("", []),
        ("，？", []),
    ],
)
def test_chinese_is_read_in_pairs_of_characters_and_what_stands_between_in_words(text, terms):
    assert summary_terms(text, "zh") == terms


def test_a_chinese_summary_is_found_by_two_characters_that_stand_together():
    sheep, goats = document("sheep", "zh", "村里的绵羊。"), document("goats", "zh", "学校的山羊。")
    assert found([sheep, goats], "山羊多少", "zh") == ["goats"]
    assert found([sheep, goats], "羊山", "zh") == []


@pytest.mark.parametrize(
    ("language", "summary", "asked"),
    [
        ("es", "Cabras para las aldeas.", "aldea"),
        ("pt", "Cabras para as aldeias.", "aldeia"),
        ("id", "Bantuan kambing.", "membantu"),
        ("ru", "Козы в деревнях.", "деревня"),
        ("ar", "الماعز في القرية.", "القرية"),
        ("sw", "Mbuzi vijijini.", "vijijini"),
    ],
)
def test_a_summary_is_found_by_the_stems_of_its_language(language, summary, asked):
    assert found([document("goats", language, summary)], asked, language) == ["goats"]


def test_every_brief_is_told_in_every_other_language(corpus_library):
    briefs = [one for one in corpus_library.documents().values() if one.origin == "brief"]
    summaries = Summaries(briefs, "sw")
    own = [one.id for one in briefs if one.id in summaries.search(one.summary["sw"], 1)]
    assert len(own) >= 0.98 * len(briefs)
