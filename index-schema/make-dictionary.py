#!/usr/bin/env python3
"""Make dictionary.txt from the dict.txt of the jieba-rs package.

usage: make-dictionary.py JIEBA_RS/src/data/dict.txt > dictionary.txt

Keeps word and frequency, drops the part-of-speech tag, sorts by the bytes of the word.
"""
import sys

words = {}
for line in open(sys.argv[1], encoding="utf-8"):
    parts = line.split()
    if len(parts) >= 2:
        words[parts[0]] = parts[1]
for word in sorted(words, key=lambda word: word.encode()):
    print(word, words[word])
