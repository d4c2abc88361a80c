#!/usr/bin/env python3
"""Make variants.tsv from OpenCC's TSCharacters.txt and Unicode's compatibility ideographs.

usage: make-variants.py TSCharacters.txt > variants.tsv

A row is a character, what it folds to, and where that comes from. Only pairs that keep their
UTF-8 length are kept, so that folding a text in place leaves every byte offset as it is.
"""
import sys
import unicodedata

# Also legal simplified characters with a meaning of their own: 乾安县 must stay 乾.
KEPT = set("乾吒捱榘甯薹醣")

opencc = {}
for line in open(sys.argv[1], encoding="utf-8"):
    if line.strip() and not line.startswith("#"):
        source, targets = line.rstrip("\n").split("\t")
        target = targets.split(" ")[0]
        if source != target and source not in KEPT:
            opencc[source] = target


def closed(target):
    while target in opencc:
        target = opencc[target]
    return target


rows = []
for source, target in opencc.items():
    rows.append((source, closed(target), "opencc"))
for code in list(range(0x2E80, 0x2FE0)) + list(range(0xF900, 0xFB00)):
    target = unicodedata.normalize("NFKC", chr(code))
    if len(target) == 1 and target != chr(code):
        rows.append((chr(code), closed(target), "unicode"))
print("character\tfolds_to\tsource")
for source, target, origin in sorted(rows):
    if len(source.encode()) == len(target.encode()):
        print(f"{source}\t{target}\t{origin}")
