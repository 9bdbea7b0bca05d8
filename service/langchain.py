"""The same retrieval as a LangChain retriever, for chains that others build. Imported only when used: it costs a second."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from service.assistant import Assistant
from service.retrieval import Hit


class RightkeyRetriever(BaseRetriever):
    """Passages best first; each document carries its passage id, and document, heading, locator and score as metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    limit: int = 5

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        question = self.assistant.reader.read(query)
        return [_document(hit) for hit in self.assistant.find(question).hits[: self.limit]] if question else []


def _document(hit: Hit) -> Document:
    passage = hit.candidate.entry.passage
    about = {"document": passage.document, "heading": passage.heading, "locator": passage.locator.label, "score": hit.score}
    return Document(passage.text, id=passage.id, metadata=about)
