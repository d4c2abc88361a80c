"""xianli itself, by its two binaries: XIANLI names their folder, target/release by default."""

import json
import os
import subprocess
import sys
import tempfile

import peer

BINARIES = os.environ.get("XIANLI", "target/release")


def quoted(kind, text):
    return f'"{text}"' if kind in ("phrase", "literal") else text


# So many characters tell a paragraph from the next one.
BEGINNING = 400


def said(text):
    """The beginning of what a text says: paragraphs that say the same may differ in spaces and quotes."""
    return "".join(filter(str.isalnum, text))[:BEGINNING]


def alike(line, paragraph):
    return line.startswith(paragraph) or (line != "" and paragraph.startswith(line))


def numbers(corpus):
    """A function from the path, the ordinal and the beginning of a paragraph to its number in the table."""
    texts = [said(text) for _, text in peer.paragraphs(corpus)]
    starts, next_number = {}, 1
    for folder, folders, names in os.walk(f"{corpus}/documents"):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            starts[path] = next_number
            with open(path, encoding="utf-8") as lines:
                next_number += sum(1 for _ in lines)

    def number(path, ordinal, beginning):
        place = starts[path] + ordinal - 1
        # Lines that are no paragraphs (page numbers, say) have no place among the hits; a heading is shown without its full stop.
        # Lines that a quotation mark leaves open are one paragraph, which begins with the first of them.
        while not alike(texts[place - 1], beginning):
            place += 1
        return place

    return number


def found(hits, paths):
    """(document, ordinal, beginning) of each hit and of those that say the same; notes the documents' paths."""
    for hit in hits:
        paths[hit["document"]["id"]] = hit["document"]["path"]
        for each in (hit, *hit.get("also", ())):
            document, ordinal = each["id"].split("/")
            yield document, int(ordinal), said(hit["text"])


def ids(search, questions):
    """The numbers of all paragraphs of the exact tier, one line a question."""
    paths, answers = {}, []
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as batch:
        batch.writelines(f"{place}\t{quoted(*question)}\n" for place, question in enumerate(questions))
        batch.flush()
        command = [*search, "--batch", batch.name, "--format", "jsonl", "--match", "exact", "-n", "1000000"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            for line in process.stdout:
                answers.append(list(found(json.loads(line)["hits"], paths)))
    number = numbers(next(iter(paths.values())).split("/documents/")[0])
    for answer in answers:
        print(*(number(paths[document], ordinal, text) for document, ordinal, text in answer if document in paths))


def main():
    verb, place, *rest = sys.argv[1:]
    if verb == "index":
        command = [f"{BINARIES}/xianli-index", "update", f"{place}/documents", "--index", rest[0], "-q"]
        os.execv(command[0], command)
    search = [f"{BINARIES}/xianli", "--index", place]
    if verb == "command":
        peer.say([*search, quoted(*rest)])
    if verb == "all":
        batch = f"{place}.questions"
        asked = peer.questions(rest[0])
        with open(batch, "w", encoding="utf-8") as lines:
            # The first answer of a process warms it; the second is timed.
            for number, question in enumerate(asked + asked):
                lines.write(f"{number}\t{quoted(*question)}\n")
        command = search + ["--batch", batch, "--format", "jsonl"]
        out = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        for line in out.splitlines()[len(asked):]:
            answer = json.loads(line)
            print(f"{answer['took_ms']:.3f}\t{answer['total']['paragraphs']}")
    if verb == "ids":
        ids(search, peer.questions(rest[0]))


if __name__ == "__main__":
    main()
