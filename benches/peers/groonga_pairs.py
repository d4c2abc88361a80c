"""Groonga with pairs of characters, through its command line."""

import json
import subprocess
import sys

import peer

SCHEMA = """
table_create Paragraphs TABLE_HASH_KEY UInt32
column_create Paragraphs text COLUMN_SCALAR LongText
table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto
column_create Terms paragraphs_text COLUMN_INDEX|WITH_POSITION Paragraphs text
load --table Paragraphs
[
"""


def select(kind, text, rest):
    terms = text.split() if kind == "two terms" else [text]
    query = " ".join('"' + term.replace('"', " ") + '"' for term in terms)
    return f"select Paragraphs --match_columns text --query {json.dumps(query, ensure_ascii=False)} {rest}"


def answers(folder, commands):
    script = "\n".join(commands) + "\n"
    out = subprocess.run(["groonga", f"{folder}/db"], input=script, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


def top(kind, text):
    return select(kind, text, "--output_columns _key,_score,text --sort_keys -_score --limit 10 --cache no")


def index(corpus, folder):
    with subprocess.Popen(["groonga", "-n", f"{folder}/db"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as groonga:
        groonga.stdin.write(SCHEMA)
        comma = ""
        for number, text in peer.paragraphs(corpus):
            groonga.stdin.write(comma + json.dumps({"_key": number, "text": text}, ensure_ascii=False))
            comma = ",\n"
        groonga.stdin.write("\n]\n")


def main():
    verb, place, *rest = sys.argv[1:]
    if verb == "index":
        index(place, rest[0])
    elif verb == "command":
        peer.say(["groonga", f"{place}/db", top(*rest)])
    elif verb == "all":
        asked = [top(kind, text) for kind, text in peer.questions(rest[0])]
        twice = answers(place, [command for each in asked for command in (each, each)])
        for head, body in twice[1::2]:
            print(f"{head[2] * 1e3:.3f}\t{body[0][0][0]}")
    elif verb == "ids":
        asked = [select(kind, text, "--output_columns _key --limit -1") for kind, text in peer.questions(rest[0])]
        for _, body in answers(place, asked):
            print(*(row[0] for row in body[0][2:]))


if __name__ == "__main__":
    main()
