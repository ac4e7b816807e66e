"""Reading a PDF back."""

import pypdfium2


def text_of(data: bytes) -> str:
    """All words of a PDF, each space one space."""
    document = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
