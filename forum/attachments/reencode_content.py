"""What draws a page of a PDF, in the child: comments among the operators are not seen, so they are not kept."""

import pikepdf
from pikepdf import Name

UNREADABLE = (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError)


def drop_comments(document: pikepdf.Pdf) -> None:
    """Write what draws the pages anew without comments, forms and patterns too; what cannot be read stays as it is."""
    for page in document.pages:
        contents = page.obj.get("/Contents")
        if isinstance(contents, pikepdf.Array):
            streams = [one for one in contents if isinstance(one, pikepdf.Stream)]
        else:
            streams = [contents] if isinstance(contents, pikepdf.Stream) else []
        if any(_may_hold_comments(one) for one in streams):
            plain = _without_comments(page)
            if plain is not None:
                page.obj.Contents = document.make_stream(plain)
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream) and _draws(thing) and _may_hold_comments(thing):
            plain = _without_comments(thing)
            if plain is not None:
                thing.write(plain)


def _draws(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") == Name.Form or "/PatternType" in stream


def _may_hold_comments(stream: pikepdf.Stream) -> bool:
    try:
        return b"%" in stream.read_bytes()
    except UNREADABLE:
        return False


def _without_comments(thing: pikepdf.Page | pikepdf.Stream) -> bytes | None:
    try:
        return pikepdf.unparse_content_stream(pikepdf.parse_content_stream(thing))
    except UNREADABLE:
        return None
