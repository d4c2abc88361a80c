"""Indexes one corpus by every peer, asks the same questions, and prints one table.

    python3 benches/peers/run.py --corpus CORPUS [--peers xianli,lucene-cjk,…] [--out FILE.json]
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


def random_literals(corpus, count=150, seed=1):
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


def measure(name, corpus, text_bytes, questions, literals, truths):
    script, python, environment = PEERS[name]
    command = [python, f"{HERE}/{script}"]
    folder = tempfile.mkdtemp(prefix=f"{name}-", dir=corpus)
    row = {"peer": name, "index": measured([*command, "index", corpus, folder], environment)}
    row["index"]["megabytes_per_second"] = text_bytes / 1e6 / row["index"]["seconds"]
    row["index"]["size_ratio"] = 0 if name == "ripgrep" else size_of(folder) / text_bytes
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8", delete=False) as file:
        file.writelines(f"{kind}\t{text}\n" for kind, text in questions)
    out = subprocess.run([*command, "all", folder, file.name], env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    warm = [line.split("\t") for line in out.stdout.splitlines()]
    row["questions"] = []
    for place, (kind, text) in enumerate(questions):
        told = subprocess.run([*command, "command", folder, kind, text], env={**os.environ, **environment}, capture_output=True, check=True)
        runs = []
        while len(runs) < ROUNDS and sum(run["seconds"] for run in runs) < SECONDS:
            runs.append(measured(json.loads(told.stdout), environment))
        row["questions"].append({
            "kind": kind,
            "text": text,
            "cold_ms": statistics.median(run["seconds"] * 1e3 for run in runs),
            "peak_kb": max(run["peak_kb"] for run in runs),
            "warm_ms": float(warm[place][0]) if place < len(warm) else None,
            "found": int(warm[place][1]) if place < len(warm) else None,
        })
    row["recall"] = recall(command, environment, folder, literals, truths)
    shutil.rmtree(folder, ignore_errors=True)
    return row


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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--out")
    asked = parser.parse_args()
    corpus = os.path.abspath(asked.corpus)
    questions = read_questions()
    literals = random_literals(corpus)
    truths = truth(corpus, literals)
    text_bytes = sum(len(text.encode()) for _, text in paragraphs(corpus))
    rows = []
    for name in asked.peers.split(","):
        rows.append(measure(name, corpus, text_bytes, questions, literals, truths))
        print(*list(table(rows[-1:]))[2:], flush=True)
        if asked.out:
            with open(asked.out, "w", encoding="utf-8") as file:
                json.dump(rows, file, ensure_ascii=False, indent=1)
    print(*table(rows), sep="\n")


if __name__ == "__main__":
    main()
