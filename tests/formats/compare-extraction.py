"""Compares the text that xianli reads from Word and PDF files with that of other programs: python-docx for .docx, antiword
(or catdoc) for .doc, pdftotext for .pdf. A development tool.

    pip install python-docx && apt-get install antiword catdoc poppler-utils
    python3 compare-extraction.py PATH-OF-xianli-index FILE-OR-FOLDER…

For each file: characters of the other program (white space, page numbers and automatic numbering aside), the share of them that
xianli has too, in order, and the first differences. A line at the end has the sums.
"""

import difflib
import json
import pathlib
import re
import subprocess
import sys
import zipfile

import docx


def bare(text):
    """Characters that count: no white space, no control characters."""
    return re.sub(r"[\s\u3000\u00a0\u200b-\u200f\ufeff\x00-\x1f\uf000-\uf0ff]", "", text)


def of_docx(path):
    """Paragraphs and tables in the order of the body."""
    document = docx.Document(path)
    texts = []
    for block in document.element.body.iter():
        if block.tag.endswith("}t"):
            texts.append(block.text or "")
        elif block.tag.endswith("}p"):
            texts.append("\n")
    return "".join(texts)


def of_doc(path):
    """antiword, or catdoc where that gives up."""
    run = subprocess.run(["antiword", "-m", "UTF-8.txt", "-w", "0", path], capture_output=True)
    if run.returncode != 0:
        run = subprocess.run(["catdoc", "-d", "utf-8", "-w", path], capture_output=True, check=True)
    return run.stdout.decode()


def of_pdf(path):
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()


def other(path):
    head = path.read_bytes()[:8]
    if head.startswith(b"%PDF"):
        return of_pdf(path)
    if head.startswith(b"PK") and zipfile.is_zipfile(path):
        return of_docx(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return of_doc(path)
    return None


def ours(program, path):
    run = subprocess.run([program, "inspect", "--format", "json", path], capture_output=True, check=True)
    return "\n".join(line["text"] for line in json.loads(run.stdout)["lines"])


def differences(theirs, mine):
    """How many characters of theirs stand in mine, in order; and the pairs of pieces that differ. Clauses are matched first."""
    clauses = [re.findall(r"[^。；，：、]*[。；，：、]?", text) for text in (theirs, mine)]
    found, apart = 0, []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, *clauses, autojunk=False).get_opcodes():
        one, two = "".join(clauses[0][a:b]), "".join(clauses[1][c:d])
        if tag == "equal":
            found += len(one)
            continue
        blocks = difflib.SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
        found += sum(block.size for block in blocks)
        apart.append((one, two))
    return found, apart


def main():
    program, *roots = sys.argv[1:]
    files = []
    for root in map(pathlib.Path, roots):
        files += sorted(root.rglob("*")) if root.is_dir() else [root]
    all_of_them = found_of_them = 0
    for path in files:
        if not path.is_file():
            continue
        try:
            theirs = other(path)
        except Exception as error:
            print(f"{path.name}: the other program gave up: {error}")
            continue
        if theirs is None:
            print(f"{path.name}: no other program reads it")
            continue
        theirs, mine = bare(theirs), bare(ours(program, path))
        found, apart = differences(theirs, mine)
        all_of_them += len(theirs)
        found_of_them += found
        print(f"{path.name}: {len(theirs)} characters, {100 * found / max(1, len(theirs)):.3f}% found, {len(mine)} ours")
        for one, two in apart[:3]:
            print(f"    {one[:60]!r} -> {two[:60]!r}")
    print(f"all: {all_of_them} characters, {100 * found_of_them / max(1, all_of_them):.3f}% found")


main()
