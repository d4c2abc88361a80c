#!/usr/bin/env python3
"""Makes passages.txt from the texts of a folder: python3 make-passages.py ../corpus-sample > passages.txt

Each line of the UTF-8 texts once, and behind them facts of documents as the index keeps them, which
zstd finds the sooner the nearer they stand to the end. Whoever changes passages.txt changes what an
index can be read by: every index is then built anew.
"""

import json
import pathlib
import sys

FACTS = [
    dict(title="广东省人民政府关于推进政务服务改革的通知", region=["广东省", "深圳市"], region_code="440300",
         issuer="深圳市人民政府办公厅", year=2021, published="2021-03-01", signed="2021-02-26",
         number="国办发〔2021〕67号", script="traditional", url="https://www.gov.cn/", kind="通知", level="省"),
    dict(title_derived=True, region=["浙江省", "杭州市"], region_code="330100", issuer="杭州市人民政府",
         year=2019, kind="报告", level="市"),
    dict(kind="法律", level="国家"),
]
NONE = dict(id="", source_id=None, title="", title_derived=False, region=[], region_code=None, issuer=None, year=None,
            published=None, signed=None, status=None, number=None, script="simplified", path="", url=None)


def lines(folder):
    """The lines of all texts, each once."""
    files = [*pathlib.Path(folder).glob("*.txt"), *pathlib.Path(folder).glob("*.md")]
    seen = set()
    for file in sorted(files, key=str):
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        for line in text.splitlines():
            line = line.strip().lstrip("#").strip()
            if len(line) >= 4 and line not in seen:
                seen.add(line)
                yield line


for line in lines(sys.argv[1]):
    print(line)
for facts in FACTS:
    print(json.dumps({**NONE, **facts}, ensure_ascii=False, separators=(",", ":")))
