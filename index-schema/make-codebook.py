#!/usr/bin/env python3
"""Makes codebook.txt: python3 make-codebook.py ../corpus-sample > codebook.txt

The words that stored texts are written in, one on a line, the most frequent first; a word's line is its code.
A word is as frequent as jieba's dictionary and the texts of a folder say together, each of them half; what the
dictionary does not count (punctuation, digits) is as frequent as in the texts. Besides words there are the
labels of terms.tsv and families.tsv, the characters of the table of variants, single letters, and the pieces of
the facts of documents, as the index keeps them. Whoever
changes codebook.txt changes what an index can be read by: every index is then built anew.
"""

import collections
import csv
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
# How many codes there are, of one byte and of two.
CODES = 128 + 127 * 256
# How often a character is taken to stand by itself, of all words that it stands in.
ALONE = 0.02
# How often a document's facts are taken to be, beside a token of its text.
FACTS = 0.0001

# Pieces of facts: `serde_json` writes the fields of a document in this order.
KEYS = ['{"id":"', '","source_id":null,"title":"', '","source_id":"', '","title":"', '","title_derived":false,"region":["',
        '","title_derived":true,"region":["', '","title_derived":false,"region":[],"region_code":null,"issuer":',
        '","title_derived":true,"region":[],"region_code":null,"issuer":', '","', '"],"region_code":"', '","issuer":"',
        '"],"region_code":null,"issuer":', '","issuer":null,"year":', '","year":', 'null,"year":', ',"published":"',
        ',"published":null,"signed":', ',"signed":"', '","signed":"', '","signed":null,"status":', ',"status":null,"number":',
        '","status":null,"number":', 'null,"status":null,"number":', '","number":"', 'null,"script":"simplified","path":"',
        '","script":"simplified","path":"', 'null,"script":"traditional","path":"', '","script":"traditional","path":"',
        '","url":null,"kind":', '","url":"', '","kind":"', 'null,"level":', '","level":"', 'null}', '"}', '.txt', '.docx',
        '.pdf', '.html', '.md', 'null', 'https://www.', 'http://www.', '.gov.cn/', *'abcdefx']


def base_words():
    """Words of the dictionary with their frequencies."""
    for row in (HERE / "dictionary.txt").read_text("utf-8").splitlines():
        word, frequency = row.split(" ")[:2]
        yield word, int(frequency)


def lines(folder):
    """The lines of all texts, each once."""
    files = [*pathlib.Path(folder).glob("*.txt"), *pathlib.Path(folder).glob("*.md")]
    seen = set()
    for file in sorted(files, key=str):
        if file.name == "README.md":
            continue
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        for line in text.splitlines():
            line = line.strip().lstrip("#").strip()
            if line and line not in seen:
                seen.add(line)
                yield line


def pieces(text, words, longest):
    """The longest words, one behind the other."""
    start = 0
    while start < len(text):
        ends = range(min(len(text), start + longest), start, -1)
        end = next((end for end in ends if text[start:end] in words), start + 1)
        yield text[start:end]
        start = end


def main():
    words = dict(base_words())
    characters = collections.Counter()
    for word, frequency in words.items():
        for character in word:
            characters[character] += frequency
    with open(HERE / "variants.tsv", encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            characters[row["character"]] += 0.05 * characters[row["folds_to"]]
    for table, column in (("terms.tsv", "word"), ("families.tsv", "label")):
        with open(HERE / table, encoding="utf-8") as rows:
            for row in csv.DictReader(rows, delimiter="\t"):
                words.setdefault(row[column], 100)
    for character, frequency in characters.items():
        words.setdefault(character, ALONE * frequency)
    known = set(words) | {chr(code) for code in range(0x20, 0x7F)}
    texts = list(lines(sys.argv[1]))
    known |= set("".join(texts))
    longest = max(map(len, known))
    counted = collections.Counter()
    for text in texts:
        counted.update(pieces(text, known, longest))
    tokens, frequencies = sum(counted.values()), sum(words.values())
    share = {word: words.get(word, 0) / frequencies + counted[word] / tokens for word in known}
    for key in KEYS:
        share[key] = share.get(key, 0) + FACTS
    best = sorted(share, key=lambda word: (-share[word], word))[:CODES]
    for word in best:
        print(word)


main()
