"""tantivy-py over words that Python's jieba cut in search mode."""

import jieba
import tantivy

import peer

jieba.setLogLevel(60)


def words(text):
    return [word for word in jieba.cut_for_search(text, HMM=False) if any(c.isalnum() for c in word)]


def index(corpus, folder):
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True)
    builder.add_text_field("text", stored=True, index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    opened = tantivy.Index(builder.build(), path=folder)
    writer = opened.writer(256 << 20, 2)
    for number, text in peer.paragraphs(corpus):
        writer.add_document(tantivy.Document(number=number, text=text, words=" ".join(words(text))))
    writer.commit()
    writer.wait_merging_threads()


def query(opened, kind, text):
    terms = [tantivy.Query.term_query(opened.schema, "words", word) for word in words(text)]
    if kind in ("long question", "two terms"):
        occur = tantivy.Occur.Must if kind == "two terms" else tantivy.Occur.Should
        return tantivy.Query.boolean_query([(occur, term) for term in terms])
    cut = [word for word in jieba.cut(text, HMM=False) if any(c.isalnum() for c in word)]
    if len(cut) > 1:
        return tantivy.Query.phrase_query(opened.schema, "words", cut, slop=len(text))
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])


def top(opened, kind, text):
    searcher = opened.searcher()
    hits = searcher.search(query(opened, kind, text), 10).hits
    return len([searcher.doc(address)["text"] for _, address in hits])


def ids(opened, text):
    searcher = opened.searcher()
    hits = searcher.search(query(opened, "literal", text), searcher.num_docs).hits
    return [searcher.doc(address)["number"][0] for _, address in hits]


if __name__ == "__main__":
    peer.run(index, tantivy.Index.open, top, ids)
