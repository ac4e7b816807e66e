"""Evidence drawn for the demo: an invoice, a chat, a parcel label, as a phone would photograph them."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SIZE = (900, 1200)
PAPER, INK, SOFT, TINT = "#fdfcf8", "#23211e", "#8a857a", "#e4efe9"
MARGIN = 70
LINE = 46


def picture(title: str, lines: list[str]) -> bytes:
    """Return a PNG of a sheet with a title and lines; a line that begins with "> " stands in a bubble on the right."""
    sheet = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, SIZE[0], 120), fill=TINT)
    draw.text((MARGIN, 42), title, fill=INK, font=ImageFont.load_default(36))
    font, y = ImageFont.load_default(26), 170
    for line in lines:
        answer = line.startswith("> ")
        words = line.removeprefix("> ")
        x = SIZE[0] - MARGIN - int(draw.textlength(words, font=font)) if answer else MARGIN
        if answer:
            draw.rounded_rectangle((x - 16, y - 8, SIZE[0] - MARGIN + 16, y + LINE - 10), 12, fill=TINT)
        draw.text((x, y), words, fill=INK, font=font)
        y += LINE
    draw.text((MARGIN, SIZE[1] - 80), "Contoh: bukti buatan untuk peragaan", fill=SOFT, font=ImageFont.load_default(22))
    made = BytesIO()
    sheet.save(made, "PNG")
    return made.getvalue()
