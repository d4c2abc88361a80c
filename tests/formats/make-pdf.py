"""Makes the PDF files of this folder: Chinese text in fonts that are not embedded, as official documents
often have it, with a centred title, indented paragraphs, a signature and a page number.

    pip install reportlab && python3 make-pdf.py

The text is written for this project and restates no document.
"""

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

TITLE = "青山县政务服务局2022年度报告"
PARAGRAPHS = [
    "2022年，青山县政务服务局坚持便民利企，推动政务服务提质增效，现将全年法治政府建设有关情况报告如下，请予审阅。",
    "一、主要成效",
    "（一）推行一网通办。全年上线事项620项，网办率达到91.4%，比上年提高5.2个百分点，办件量突破18万件，群众满意度持续提升。",
    "（二）推进免申即享。兑现补贴26项，惠及企业1300家，通过数据共享让符合条件的企业和群众免予申报，直接享受政策。",
    "二、存在问题",
    "一是数据共享不够充分，部门之间仍有壁垒；二是基层人员力量不足，业务培训有待加强，少数窗口还存在重复收取材料的情况。",
    "三、下一步打算",
    "继续深化改革，推动更多事项跨省通办，健全好差评机制，提升窗口服务水平，让企业和群众办事更方便、更快捷、更满意。",
]
SIGNATURE = ["青山县政务服务局", "2023年1月10日"]
SIZE, LEADING, LEFT, COLUMNS = 16, 28, 72, 28


def make(path, font):
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    page = canvas.Canvas(path, pagesize=A4, invariant=True)
    width, height = A4
    y = height - 90
    page.setFont(font, 22)
    page.drawCentredString(width / 2, y, TITLE)
    y -= 50
    page.setFont(font, SIZE)
    for paragraph in PARAGRAPHS:
        rest = "\u3000\u3000" + paragraph
        while rest:
            line, rest = rest[:COLUMNS], rest[COLUMNS:]
            while rest and rest[0] in "，。；：、）”》":
                line, rest = line + rest[0], rest[1:]
            indent = 2 * SIZE if line.startswith("\u3000\u3000") else 0
            page.drawString(LEFT + indent, y, line.lstrip("\u3000"))
            y -= LEADING
    for line in SIGNATURE:
        page.drawRightString(width - LEFT - 32, y, line)
        y -= LEADING
    page.setFont(font, 10)
    page.drawCentredString(width / 2, 40, "— 1 —")
    page.showPage()
    page.save()


def make_drawing(path):
    """A page with a drawing and no text, as a scanned page is."""
    page = canvas.Canvas(path, pagesize=A4, invariant=True)
    page.rect(100, 400, 300, 200, fill=1)
    page.showPage()
    page.save()


make("simplified-font-not-embedded.pdf", "STSong-Light")
make("traditional-font-not-embedded.pdf", "MSung-Light")
make_drawing("drawing-without-text.pdf")
