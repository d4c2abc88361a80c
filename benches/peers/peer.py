"""What the scripts of the peers share: verbs to functions, and the table of paragraphs."""

import json
import os
import sys
import time


def paragraphs(corpus):
    """(number, text) of each paragraph."""
    with open(f"{corpus}/paragraphs.tsv", encoding="utf-8") as table:
        for line in table:
            number, text = line.rstrip("\n").split("\t", 1)
            yield int(number), text


def questions(path):
    """(kind, text) of each question."""
    with open(path, encoding="utf-8") as table:
        return [tuple(line.rstrip("\n").split("\t", 1)) for line in table]


def say(command):
    """Tells the command of a process that answers one question."""
    print(json.dumps(command))


def run(index, open_index, top, ids):
    """index(corpus, folder); open_index(folder) gives what top(opened, kind, text) and ids(opened, text) take."""
    verb, *arguments = sys.argv[1:]
    if verb == "index":
        index(*arguments)
        return
    if verb == "command":
        say([sys.executable, os.path.abspath(sys.argv[0]), "one", *arguments])
        return
    opened = open_index(arguments[0])
    if verb == "one":
        print(top(opened, arguments[1], arguments[2]))
    elif verb == "all":
        for kind, text in questions(arguments[1]):
            start = time.perf_counter()
            found = top(opened, kind, text)
            print(f"{(time.perf_counter() - start) * 1e3:.3f}\t{found}")
    elif verb == "ids":
        for _, text in questions(arguments[1]):
            print(*ids(opened, text))
