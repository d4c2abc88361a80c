"""SQLite FTS5 with trigrams, through the sqlite3 shell."""

import re
import subprocess
import sys

import peer

CREATE = """
create table raw(id integer primary key, text);
.mode tabs
.import {corpus}/paragraphs.tsv raw
create virtual table paragraphs using fts5(text, content=raw, content_rowid=id, tokenize='trigram');
insert into paragraphs(paragraphs) values('rebuild');
"""


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def matching(kind, text):
    terms = text.split() if kind == "two terms" else [text]
    if all(len(term) >= 3 for term in terms):
        match = " AND ".join('"' + term.replace('"', '""') + '"' for term in terms)
        return f"paragraphs where paragraphs match {literal(match)}", "rank"
    likes = " and ".join(f"text like {literal('%' + term + '%')}" for term in terms)
    return f"raw where {likes}", "rowid"


def top(kind, text):
    source, order = matching(kind, text)
    marked = "highlight(paragraphs, 0, '[', ']')" if order == "rank" else "text"
    return f"select rowid, {marked} from {source} order by {order} limit 10;"


def shell(database, script):
    return subprocess.run(["sqlite3", database], input=script, capture_output=True, text=True, check=True).stdout


def main():
    verb, place, *rest = sys.argv[1:]
    if verb == "index":
        shell(f"{rest[0]}/db", CREATE.format(corpus=place))
    elif verb == "command":
        peer.say(["sqlite3", f"{place}/db", top(*rest)])
    elif verb == "all":
        for kind, text in peer.questions(rest[0]):
            # The first answer of a process warms it; the second is timed.
            out = shell(f"{place}/db", top(kind, text) + "\n.timer on\n" + top(kind, text))
            seconds = re.findall(r"Run Time: real ([0-9.]+)", out)[-1]
            print(f"{float(seconds) * 1e3:.3f}\t{out.count(chr(10)) - 1}")
    elif verb == "ids":
        for kind, text in peer.questions(rest[0]):
            source, _ = matching(kind, text)
            print(*shell(f"{place}/db", f"select rowid from {source};").split())


if __name__ == "__main__":
    main()
