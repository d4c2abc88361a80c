#!/usr/bin/env bash
# Makes corpus-sample/formats/: documents of corpus-sample/ saved again by ordinary programs, in other
# formats and encodings. The text stays the same, so each gives the document that the original gives.
#
#     apt-get install pandoc libreoffice-writer-nogui fonts-noto-cjk zip
#     pip install easyofd
#     tests/formats/make-sample.sh
set -euo pipefail
cd "$(dirname "$0")/../../corpus-sample"
rm -rf formats
mkdir formats

# A report typed in Word: LibreOffice opens the text and saves it as what offices send around.
office() { soffice --headless --infilter='Text (encoded):UTF8,LF,,,' --convert-to "$1" --outdir formats "$2" >/dev/null 2>&1; }
office docx suzhou-2021.txt
office doc fuzhou-jiangxi-2019.txt
office pdf changde-2019.txt
office rtf nantong-2019.txt

# A PDF made into OFD: easyofd.
office pdf hangzhou-shangcheng-2021.txt
python3 - formats/hangzhou-shangcheng-2021 <<'END'
import pathlib, sys
from easyofd.ofd import OFD
pdf = pathlib.Path(sys.argv[1] + ".pdf")
pdf.with_suffix(".ofd").write_bytes(OFD().pdf2ofd(pdf.read_bytes(), optional_text=True))
pdf.unlink()
END

# A report with styled headings: pandoc.
pandoc -f markdown+hard_line_breaks hefei-2021.md -o formats/hefei-2021.docx
pandoc -f markdown+hard_line_breaks hefei-2021.md --standalone --metadata pagetitle='合肥市数据资源局2021年度法治政府建设情况报告' -t html -o formats/hefei-2021.html
# The same page as many sites still send it: it declares gb2312 and is GB18030.
sed 's/charset="utf-8"/charset="gb2312"/' formats/hefei-2021.html | iconv -f UTF-8 -t GB18030 > formats/hefei-2021-gb18030.html

# Texts in other encodings.
iconv -f UTF-8 -t UTF-16BE qingdao-2022.txt > formats/qingdao-2022-utf16be.txt
iconv -f UTF-8 -t GB18030 haikou-longhua-2022.txt > formats/haikou-longhua-2022-gb18030.txt

# An archive of several.
(cd formats && zip -q -X two.zip suzhou-2021.docx hefei-2021.html)
