"""Lists the functions that a search runs through, for the linker to put side by side.

    CARGO_PROFILE_RELEASE_STRIP=none cargo build --release
    python3 src/bin/make-search-functions.py target/release/xianli INDEX > src/bin/search-functions.txt

Asks the questions of the benchmark of an index under valgrind's callgrind. A line is the name of a
function as the linker knows it, up to the hash at its end, which every build makes anew; a `*` stands
for the hash of a crate. Names that most questions run through come first, and of those the ones whose
every instance is run through, so that what one question needs lies close together. To be made anew when
searches have come to run through other code: an old list does no harm, but less good.
"""

import collections
import csv
import pathlib
import re
import subprocess
import sys
import tempfile

QUESTIONS = pathlib.Path(__file__).parents[2] / "benches/growth/questions.tsv"


def stem(name):
    """The name without what another build gives another value to."""
    legacy = re.match(r"(_ZN.*17h)[0-9a-f]{16}E", name)
    return legacy[1] if legacy else re.sub(r"Cs[0-9A-Za-z]+_|\.llvm\.\d+$", crate, name)


def crate(hash):
    return "" if hash[0].startswith(".") else "Cs*_"


def run_through(program, index):
    """The functions that questions run through, with how many do."""
    names = collections.Counter()
    rows = csv.reader(QUESTIONS.open(), delimiter="\t", quoting=csv.QUOTE_NONE)
    for kind, question in list(rows)[1:]:
        facets = ["--facets", "region,year,section"] if kind == "facet counts" else []
        with tempfile.NamedTemporaryFile("r", errors="replace") as counts:
            callgrind = ["valgrind", "--tool=callgrind", "--demangle=no", "--quiet"]
            callgrind += [f"--callgrind-out-file={counts.name}"]
            asked = [program, "--index", index, *facets, "--", question]
            silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            subprocess.run(callgrind + asked, **silent)
            # A name is written out once, with its number: `fn=(7) name`, later `fn=(7)`.
            known = dict(re.findall(r"^c?fn=\((\d+)\) (.*)$", counts.read(), re.MULTILINE))
            counts.seek(0)
            called = re.findall(r"^fn=\((\d+)\)", counts.read(), re.MULTILINE)
            names.update({re.sub(r"'\d+$", "", known[number]) for number in called})
    return names


def sizes(program):
    """The bytes of each function of Rust."""
    listed = subprocess.run(["nm", "-S", program], capture_output=True, text=True, check=True)
    rows = [row.split() for row in listed.stdout.splitlines()]
    rows = [row for row in rows if len(row) == 4 and row[2] in "tT"]
    return {name: int(size, 16) for _, size, _, name in rows if re.match(r"_ZN|_R", name)}


def main():
    program, index = sys.argv[1:]
    bytes_of = sizes(program)
    run, all_of, asked_by = collections.Counter(), collections.Counter(), collections.Counter()
    for name, size in bytes_of.items():
        all_of[stem(name)] += size
    for name, questions in run_through(program, index).items():
        if name in bytes_of:
            run[stem(name)] += bytes_of[name]
            asked_by[stem(name)] = max(asked_by[stem(name)], questions)
    for name in sorted(run, key=lambda name: (-asked_by[name], all_of[name] // run[name], name)):
        print(name)


main()
