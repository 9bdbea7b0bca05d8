"""The same retrieval as a LangChain retriever."""

from service.langchain import RightkeyRetriever

QUESTION = "Did conditional cash transfers reduce stunting in Indonesia?"


def test_it_gives_the_passages_that_the_service_finds_best_first(assistant):
    hits = assistant.find(assistant.reader.read(QUESTION)).hits[:3]
    found = RightkeyRetriever(assistant=assistant, limit=3).invoke(QUESTION)
    assert [one.id for one in found] == [hit.candidate.entry.passage.id for hit in hits]
    assert [one.page_content for one in found] == [hit.candidate.entry.passage.text for hit in hits]


def test_each_passage_says_where_it_stands(assistant):
    (first, *_) = RightkeyRetriever(assistant=assistant).invoke(QUESTION)
    assert first.metadata["document"] == "idn-pkh"
    assert set(first.metadata) == {"document", "heading", "locator", "score"}


def test_it_gives_five_passages_unless_told(assistant):
    assert len(RightkeyRetriever(assistant=assistant).invoke(QUESTION)) == 5
