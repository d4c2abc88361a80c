"""xianli itself, by its two binaries: XIANLI names their folder, target/release by default."""

import json
import os
import subprocess
import sys

import peer

BINARIES = os.environ.get("XIANLI", "target/release")


def quoted(kind, text):
    return f'"{text}"' if kind in ("phrase", "literal") else text


def main():
    verb, place, *rest = sys.argv[1:]
    if verb == "index":
        command = [f"{BINARIES}/xianli-index", "update", f"{place}/documents", "--index", rest[0], "-q"]
        os.execv(command[0], command)
    search = [f"{BINARIES}/xianli", "search", "--index", place]
    if verb == "command":
        peer.say([*search, "--format", "text", quoted(*rest)])
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


if __name__ == "__main__":
    main()
