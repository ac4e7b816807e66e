"""Tables for programs of tables: CSV and XLSX that no cell can turn into a formula. Pure; rows come one after the other."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import xlsxwriter

Cell = str | int | date | None
BEGINS_A_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠−")
"""First characters that some program takes for the beginning of a formula, also in full width."""
PARTS_A_CELL: Final = re.compile(rf"(?<=;)(?=[ \u00a0\u200b\ufeff]*[{re.escape(''.join(sorted(BEGINS_A_FORMULA)))}])")
"""Where a program that parts cells at semicolons, as it does in Indonesia, would see another cell begin with a formula."""
LONGEST_CELL_CHARACTERS: Final = 32_000  # a sheet takes 32,767
SHEET_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def harmless(text: str) -> str:
    """Return the words with an apostrophe before what would begin a formula, also behind white space."""
    begins = text.lstrip(" \u00a0\u200b\ufeff")[:1]
    return f"'{text}" if begins in BEGINS_A_FORMULA and begins else text


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a CSV file line by line: UTF-8 with a mark at its beginning, days as 2026-11-26, numbers bare."""
    yield "\ufeff".encode()
    yield line(heads)
    for row in rows:
        yield line(row)


def line(row: Sequence[Cell]) -> bytes:
    """Return a line of a CSV file after RFC 4180, in UTF-8."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_plain(cell) for cell in row])
    return out.getvalue().encode("utf-8", "replace")


def _plain(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int) else PARTS_A_CELL.sub("'", harmless(cell))


def as_xlsx(path: Path, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write an XLSX file with one sheet: words as words, numbers as numbers, days as days; memory does not grow with the rows."""
    book = xlsxwriter.Workbook(str(path), SHEET_OPTIONS)
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, 16)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell)
    book.close()


def _write(sheet: Any, row: int, column: int, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, cell[:LONGEST_CELL_CHARACTERS])
