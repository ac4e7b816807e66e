"""The sheet that a pack is drawn on: paper, type and the few shapes it is made of."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from flask_babel import gettext as _
from flask_babel import ngettext
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, WrapMode, XPos, YPos
from fpdf.fonts import TTFFont

from forum.handover.fonts import WEIGHTS, font
from forum.handover.glyphs import drawable

MARGIN, WIDTH, TOP, BOTTOM = 24, 210 - 2 * 24, 22, 24  # millimetres of an A4 sheet
INK, SOFT, LINE, ACCENT, RED = (28, 27, 25), (87, 83, 74), (221, 216, 204), (11, 85, 99), (163, 38, 27)
BODY, SMALL = 10.5, 8.5  # points
LEADING = 5.4  # millimetres of a line of BODY
FAMILY = "Noto Sans"
Colour = tuple[int, int, int]


class Sheet(FPDF):
    """A4 sheets with a running head and numbered feet; every word goes through `plain`, so that any script can be told."""

    def __init__(self, head: str, label: str, made: datetime, made_words: str) -> None:
        super().__init__(format="A4")
        self._head, self._label, self._made_words = head, label, made_words
        for style in WEIGHTS:
            self.add_font(FAMILY, style, font(style))
        self._drawn = frozenset(cast("TTFFont", self.fonts[FAMILY.lower()]).cmap)
        self.set_creation_date(made)
        self.set_margins(MARGIN, TOP)
        self.c_margin = 0
        self.set_auto_page_break(True, BOTTOM)
        self.alias_nb_pages("{pages}")
        self.add_page()

    def plain(self, text: str) -> str:
        """Return words that the font can draw."""
        return drawable(
            text,
            self._drawn,
            lambda n: ngettext("%(num)d letter of another script", "%(num)d letters of another script", n),
        )

    def type(self, size: float = BODY, style: str = "", colour: Colour = INK) -> None:
        """Take up a size, weight and colour."""
        self.set_font(FAMILY, style, size)
        self.set_text_color(*colour)

    def header(self) -> None:
        """The running head: site on the left, number on the right, a hairline below."""
        self.type(SMALL, "B", SOFT)
        self.set_xy(MARGIN, 11)
        self.cell(WIDTH / 2, 5, self.plain(self._head))
        self.type(SMALL, "", SOFT)
        self.cell(WIDTH / 2, 5, self._label, align="R")
        self._rule(17)
        self.set_y(TOP)

    def footer(self) -> None:
        """The foot: when it was made, and which page of how many."""
        self._rule(297 - 16)
        self.type(SMALL, "", SOFT)
        self.set_xy(MARGIN, 297 - 14)
        page = _("Page %(page)s of %(pages)s", page=self.page_no(), pages="{pages}")
        self.cell(WIDTH, 5, self.plain(f"{page} · {self._made_words}"))

    def _rule(self, y: float) -> None:
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        self.line(MARGIN, y, MARGIN + WIDTH, y)

    def words(
        self,
        text: str,
        size: float = BODY,
        style: str = "",
        colour: Colour = INK,
        *,
        after: float = 2.4,
        indent: float = 0,
    ) -> None:
        """A paragraph or several: each line break of the text is kept."""
        self.type(size, style, colour)
        self.set_left_margin(MARGIN + indent)
        for paragraph in self.plain(text).split("\n"):
            if not paragraph.strip():
                self.ln(LEADING * 0.5)
                continue
            self.set_x(MARGIN + indent)
            self.multi_cell(
                WIDTH - indent,
                LEADING * size / BODY,
                paragraph,
                align="L",
                new_x=XPos.LMARGIN,
                new_y=YPos.NEXT,
                wrapmode=WrapMode.WORD,
            )
        self.set_left_margin(MARGIN)
        self.ln(after)

    def heading(self, text: str, *, level: int = 2) -> None:
        """A section's heading, which never stands alone at the foot of a sheet."""
        size, space = (13, 5) if level == 2 else (BODY, 1.5)
        if self.will_page_break(space + 30):
            self.add_page()
        elif self.get_y() > TOP:
            self.ln(space)
        if level == 2:
            self.start_section(self.plain(text))
            if self.get_y() > TOP:
                self._rule(self.get_y())
                self.ln(3)
        self.words(text, size, "B", ACCENT if level == 2 else INK, after=1.2)

    def stamp(self, text: str, colour: Colour) -> None:
        """The state of the case, in a frame as on the page."""
        self.type(9.5, "B", colour)
        words = self.plain(text).upper()
        width = min(self.get_string_width(words) + 8, WIDTH)
        self.set_draw_color(*colour)
        self.set_line_width(0.5)
        x, y = self.get_x(), self.get_y()
        self.rect(x, y, width, 8)
        self.set_xy(x, y)
        self.cell(width, 8, words, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(4)

    def facts(self, pairs: Iterable[tuple[str, str]], *, label: float = 44) -> None:
        """Names on the left, values on the right; what is empty is left out."""
        for name, value in pairs:
            if value:
                self.row((name, value), (label, WIDTH - label), soft_first=True)
        self.ln(2)

    def row(
        self,
        cells: Sequence[str],
        widths: Sequence[float],
        *,
        bold: bool = False,
        soft_first: bool = False,
        size: float = 9.5,
        line: bool = False,
        colour: Colour = INK,
    ) -> None:
        """One row of a table: each cell wraps within its column, and no row is split over two sheets unless it is taller than one."""
        height = LEADING * size / BODY
        self.type(size, "B" if bold else "")
        texts = [self.plain(cell) for cell in cells]
        lines = [self._lines(text, width - 2, height) for text, width in zip(texts, widths, strict=True)]
        tallest = max(lines) * height + 1.4
        if self.will_page_break(tallest) and tallest < 200:
            self.add_page()
        x, y, page = float(MARGIN), self.get_y(), self.page_no()
        for place, (text, width) in enumerate(zip(texts, widths, strict=True)):
            self.type(size, "B" if bold else "", SOFT if soft_first and place == 0 else colour)
            self.set_xy(x, y)
            self.set_left_margin(x)
            self.multi_cell(width - 2, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            x += width
        self.set_left_margin(MARGIN)
        self.set_xy(MARGIN, y + tallest if self.page_no() == page else self.get_y() + 1.4)
        if line:
            self._rule(self.get_y() - 0.4)

    def _lines(self, text: str, width: float, height: float) -> int:
        """How many lines the words take in this width."""
        found = self.multi_cell(width, height, text, dry_run=True, output=MethodReturnValue.LINES, align="L")
        return max(1, len(cast("list[str]", found)))
