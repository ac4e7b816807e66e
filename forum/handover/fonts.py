"""The letters of the pack: Noto Sans in two weights, cut from the variable font once and kept in the data folder."""

import io
import os
from functools import lru_cache
from itertools import chain
from pathlib import Path

import fontpkg_noto_sans  # type: ignore[import-untyped]
from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib import instancer  # type: ignore[import-untyped]

from forum.config import settings

VARIABLE = fontpkg_noto_sans.ROOT / "files" / "NotoSans[wdth,wght].ttf"
WEIGHTS = {"": 400, "B": 650}
"""By fpdf's styles."""
DRAWN = tuple(
    chain(
        range(0x20, 0x250),  # Latin
        range(0x300, 0x530),  # marks, Greek, Cyrillic
        range(0x1E00, 0x2300),  # more Latin and Greek, punctuation, arrows, signs
        range(0x25A0, 0x2600),  # shapes
    )
)
"""What the cut font can draw, where the variable one does; without the rest it is cut in one second instead of eight."""


def font(style: str) -> Path:
    """Return the file of a style, made when it is first asked for; the same on every machine."""
    weight = WEIGHTS[style]
    folder = settings().data_dir / "fonts"
    path = folder / f"NotoSans-{weight}.ttf"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        cut = instancer.instantiateVariableFont(
            TTFont(io.BytesIO(_small()), recalcTimestamp=False), {"wght": weight, "wdth": 100}
        )
        fresh = folder / f".{path.name}-{os.getpid()}"
        cut.save(fresh)
        fresh.replace(path)
    return path


@lru_cache(maxsize=1)
def _small() -> bytes:
    """The variable font with the letters of DRAWN only, without what shapes letters of other scripts."""
    options = subset.Options()
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    options.glyph_names = options.hinting = False
    options.notdef_outline = True
    whole = TTFont(VARIABLE, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=DRAWN)
    cutter.subset(whole)
    kept = io.BytesIO()
    whole.save(kept)
    return kept.getvalue()
