"""The letters of the pack: Noto Sans in two weights, cut from the variable font once and kept in the data folder."""

import os
from pathlib import Path

import fontpkg_noto_sans
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from forum.config import settings

VARIABLE = fontpkg_noto_sans.ROOT / "files" / "NotoSans[wdth,wght].ttf"
WEIGHTS = {"": 400, "B": 650}
"""By fpdf's styles."""


def font(style: str) -> Path:
    """Return the file of a style; it is made when it is first asked for, which takes some five seconds."""
    weight = WEIGHTS[style]
    folder = settings().data_dir / "fonts"
    path = folder / f"NotoSans-{weight}.ttf"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        cut = instancer.instantiateVariableFont(TTFont(VARIABLE, recalcTimestamp=False), {"wght": weight, "wdth": 100})
        fresh = folder / f".{path.name}-{os.getpid()}"
        cut.save(fresh)
        fresh.replace(path)
    return path
