"""Xapian with characters and pairs of characters."""

import xapian

import peer

FLAGS = xapian.QueryParser.FLAG_CJK_NGRAM


def index(corpus, folder):
    database = xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OPEN)
    generator = xapian.TermGenerator()
    generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
    for number, text in peer.paragraphs(corpus):
        document = xapian.Document()
        document.set_data(text)
        generator.set_document(document)
        generator.index_text(text)
        database.replace_document(number, document)
    database.commit()


def query(kind, text):
    parser = xapian.QueryParser()
    parser.set_default_op(xapian.Query.OP_OR if kind == "long question" else xapian.Query.OP_AND)
    return parser.parse_query(text, FLAGS)


def top(database, kind, text):
    enquire = xapian.Enquire(database)
    enquire.set_query(query(kind, text))
    hits = [match.document.get_data() for match in enquire.get_mset(0, 10)]
    return len(hits)


def ids(database, text):
    enquire = xapian.Enquire(database)
    enquire.set_query(query("literal", text))
    enquire.set_weighting_scheme(xapian.BoolWeight())
    return [match.docid for match in enquire.get_mset(0, database.get_doccount())]


if __name__ == "__main__":
    peer.run(index, xapian.Database, top, ids)
