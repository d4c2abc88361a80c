"""Indexes one corpus by every peer, asks the same questions, and prints one table.

    python3 benches/peers/run.py --corpus CORPUS [--peers xianli,lucene-cjk,…] [--out FILE.json] [--indexes FOLDER] [--only index] [--literals N]

Indexes are kept in `--indexes` with what it took to make them, and not made again; without it they are removed.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from peer import paragraphs  # noqa: E402

VENV = "target/peers/bin/python"
PEERS = {
    "xianli": ("xianli.py", "python3", {}),
    "sqlite-trigram": ("sqlite_trigram.py", "python3", {}),
    "xapian-ngrams": ("xapian_ngrams.py", "/usr/bin/python3", {}),
    "lucene-cjk": ("lucene.py", "python3", {"LUCENE_ANALYZER": "cjk"}),
    "lucene-smartcn": ("lucene.py", "python3", {"LUCENE_ANALYZER": "smartcn"}),
    "groonga-pairs": ("groonga_pairs.py", "python3", {}),
    "tantivy-jieba": ("tantivy_jieba.py", VENV, {}),
    "ripgrep": ("ripgrep.py", "python3", {}),
}
LITERAL = ("one character", "two characters", "reform label", "rare label", "phrase")
ASKED = LITERAL + ("two terms", "long question", "nothing found")
# A question is asked in a new process this often, or for this many seconds.
ROUNDS, SECONDS = 7, 2


def read_questions():
    with open(f"{HERE}/../growth/questions.tsv", encoding="utf-8") as table:
        rows = [line.rstrip("\n").split("\t") for line in table][1:]
    return [(kind, text.strip('"')) for kind, text in rows if kind in ASKED and ":" not in text]


def random_literals(corpus, count, seed=1):
    """Texts of one to six characters cut at random places."""
    chooser = random.Random(seed)
    texts = [text for _, text in paragraphs(corpus)]
    literals = set()
    while len(literals) < count:
        text = chooser.choice(texts)
        length = chooser.randint(1, 6)
        start = chooser.randrange(max(1, len(text) - length))
        literal = text[start : start + length]
        if len(literal) == length and all("一" <= c <= "龥" for c in literal):
            literals.add(literal)
    return sorted(literals)


def truth(corpus, literals):
    found = [set() for _ in literals]
    for number, text in paragraphs(corpus):
        for place, literal in enumerate(literals):
            if literal in text:
                found[place].add(number)
    return found


def measured(command, environment, output=subprocess.DEVNULL):
    """Seconds, processor seconds and peak kilobytes of a process and its children."""
    start = time.perf_counter()
    child = subprocess.Popen(command, env={**os.environ, **environment}, stdout=output, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak_kb": usage.ru_maxrss, "ok": status in (0, 256)}


def size_of(folder):
    return sum(os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(folder) for name in names)


def spread(values):
    ordered = sorted(values)
    return {"median": statistics.median(ordered), "p95": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]}


def command_of(name):
    """A peer's script, and the environment that it wants."""
    script, python, environment = PEERS[name]
    return [python, f"{HERE}/{script}"], environment


def indexed(name, corpus, text_bytes, indexes):
    """Indexes the corpus, or finds that done; what it took, and where the index lies."""
    command, environment = command_of(name)
    folder, told = f"{indexes}/{name}", f"{indexes}/{name}.json"
    if os.path.exists(told):
        with open(told, encoding="utf-8") as file:
            return json.load(file), folder
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    took = measured([*command, "index", corpus, folder], environment)
    took["megabytes_per_second"] = text_bytes / 1e6 / took["seconds"]
    took["size_ratio"] = 0 if name == "ripgrep" else size_of(folder) / text_bytes
    with open(told, "w", encoding="utf-8") as file:
        json.dump(took, file)
    return took, folder


def asked_warm(name, folder, questions):
    """Milliseconds and number of hits of each question, all in one process; None where the peer tells none."""
    command, environment = command_of(name)
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        file.writelines(f"{kind}\t{text}\n" for kind, text in questions)
        file.flush()
        out = subprocess.run([*command, "all", folder, file.name], env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    answers = [line.split("\t") for line in out.stdout.splitlines()]
    told = [{"warm_ms": float(milliseconds), "found": int(found)} for milliseconds, found in answers]
    return told if len(told) == len(questions) else [{"warm_ms": None, "found": None} for _ in questions]


def asked_cold(folders, kind, text):
    """Each peer answers in a new process, one after the other, in several rounds: all meet the same load of the machine.

    Who follows whom changes by lot: after one that has read the whole corpus, the processor's caches hold nothing else.
    """
    commands, runs = {}, {name: [] for name in folders}
    for name, folder in folders.items():
        command, environment = command_of(name)
        told = subprocess.run([*command, "command", folder, kind, text], env={**os.environ, **environment}, capture_output=True, check=True)
        commands[name] = json.loads(told.stdout), environment
    lot = random.Random(text)
    for _ in range(ROUNDS):
        for name, (command, environment) in lot.sample(sorted(commands.items()), len(commands)):
            if sum(run["seconds"] for run in runs[name]) < SECONDS:
                runs[name].append(measured(command, environment))
    return {
        name: {
            "cold_ms": statistics.median(run["seconds"] * 1e3 for run in of_peer),
            "cold_cpu_ms": statistics.median(run["cpu"] * 1e3 for run in of_peer),
            "peak_kb": max(run["peak_kb"] for run in of_peer),
        }
        for name, of_peer in runs.items()
    }


def ask(folders, questions, literals, truths):
    """The questions' figures of each peer, and its literal recall."""
    warm = {name: asked_warm(name, folder, questions) for name, folder in folders.items()}
    rows = {name: {"questions": []} for name in folders}
    for place, (kind, text) in enumerate(questions):
        for name, cold in asked_cold(folders, kind, text).items():
            rows[name]["questions"].append({"kind": kind, "text": text, **cold, **warm[name][place]})
    for name, folder in folders.items():
        rows[name]["recall"] = recall(*command_of(name), folder, literals, truths)
    return rows


def recall(command, environment, folder, literals, truths):
    """Means over the literals: how much of the truth is found, and how much of what is found is true."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8", delete=False) as file:
        file.writelines(f"literal\t{literal}\n" for literal in literals)
    out = subprocess.run([*command, "ids", folder, file.name], env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    lines = out.stdout.splitlines()
    if len(lines) != len(literals):
        return None
    found = [set(map(int, line.split())) for line in lines]
    pairs = list(zip(found, truths))
    return {
        "recall": statistics.mean(len(ids & true) / len(true) for ids, true in pairs),
        "precision": statistics.mean(len(ids & true) / len(ids) for ids, true in pairs if ids),
    }


def table(rows):
    """Markdown: one line a peer."""
    yield "| engine | MB/s | CPU s | peak MB | index / text | literal recall | precision | cold ms, median (p95) | warm ms, median (p95) | warm ms, long question |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for row in rows:
        index, recalled = row["index"], row["recall"] or {}
        cold = spread([question["cold_ms"] for question in row["questions"]])
        warmed = [question["warm_ms"] for question in row["questions"] if question["warm_ms"] is not None]
        warm = spread(warmed or [float("nan")])
        long = [q["warm_ms"] for q in row["questions"] if q["kind"] == "long question" and q["warm_ms"] is not None]
        share = lambda key: f"{recalled[key]:.4f}" if key in recalled else "–"
        yield (
            f"| {row['peer']} | {index['megabytes_per_second']:.2f} | {index['cpu']:.0f} | {index['peak_kb'] / 1000:.0f} "
            f"| {index['size_ratio']:.2f} | {share('recall')} | {share('precision')} "
            f"| {cold['median']:.1f} ({cold['p95']:.1f}) | {warm['median']:.2f} ({warm['p95']:.2f}) | {statistics.median(long or [float('nan')]):.2f} |"
        )


def by_kind(rows, figure):
    """Markdown: the median of each kind of question, one column a peer."""
    yield f"| {figure.replace('_ms', ', ms')} | " + " | ".join(row["peer"] for row in rows) + " |"
    yield "|---" * (len(rows) + 1) + "|"
    for kind in ASKED:
        cells = []
        for row in rows:
            values = [q[figure] for q in row["questions"] if q["kind"] == kind and q[figure] is not None]
            cells.append(f"{statistics.median(values):.2f}" if values else "–")
        yield f"| {kind} | " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--out")
    parser.add_argument("--indexes")
    parser.add_argument("--literals", type=int, default=150)
    parser.add_argument("--only", choices=["index"])
    asked = parser.parse_args()
    corpus = os.path.abspath(asked.corpus)
    indexes = os.path.abspath(asked.indexes) if asked.indexes else tempfile.mkdtemp(prefix="peers-", dir=corpus)
    text_bytes = sum(len(text.encode()) for _, text in paragraphs(corpus))
    rows, folders = {}, {}
    for name in asked.peers.split(","):
        took, folders[name] = indexed(name, corpus, text_bytes, indexes)
        rows[name] = {"peer": name, "index": took}
        print(f"{name}: {took}", file=sys.stderr, flush=True)
    if asked.only == "index":
        return
    literals = random_literals(corpus, asked.literals)
    for name, row in ask(folders, read_questions(), literals, truth(corpus, literals)).items():
        rows[name] |= row
    if asked.out:
        with open(asked.out, "w", encoding="utf-8") as file:
            json.dump(list(rows.values()), file, ensure_ascii=False, indent=1)
    if not asked.indexes:
        shutil.rmtree(indexes)
    rows = list(rows.values())
    for lines in (table(rows), *(by_kind(rows, figure) for figure in ("cold_ms", "cold_cpu_ms", "warm_ms"))):
        print(*lines, "", sep="\n")


if __name__ == "__main__":
    main()
