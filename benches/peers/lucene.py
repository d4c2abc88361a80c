"""Lucene 8 as Debian packages it, with CJKAnalyzer or smartcn: LUCENE_ANALYZER is cjk or smartcn."""

import glob
import os
import subprocess
import sys

import peer

HERE = os.path.dirname(os.path.abspath(__file__))
JARS = ["lucene-core-8", "lucene-analyzers-common-8", "lucene-analyzers-smartcn-8"]


def main():
    verb, place, *rest = sys.argv[1:]
    folder = rest[0] if verb == "index" else place
    classes = folder.rstrip("/") + ".classes"
    jars = [path for jar in JARS for path in glob.glob(f"/usr/share/java/{jar}*.jar")]
    path = ":".join([classes, *jars])
    if verb == "index":
        subprocess.run(["javac", "-cp", path, "-d", classes, f"{HERE}/Lucene.java"], check=True)
    analyzer = os.environ.get("LUCENE_ANALYZER", "cjk")
    command = ["java", "-Xmx600m", "-cp", path, "Lucene", analyzer]
    if verb == "command":
        peer.say([*command, "one", place, *rest])
    else:
        os.execvp("java", [*command, verb, place, *rest])


if __name__ == "__main__":
    main()
