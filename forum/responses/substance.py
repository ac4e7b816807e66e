"""Whether a response says anything: courtesies and stock phrases alone are no answer."""

import re
from typing import Final

LEAST_WORDS: Final = 8
"""Different words of its own that a response must hold beside courtesies and stock phrases."""
LEAST_QUESTION_WORDS: Final = 2
"""Different words of its own that a question must hold: "Kapan dikirim?" asks something."""

_STOCK: Final = tuple(
    re.compile(rf"\b(?:{phrase})\b")
    for phrase in (
        r"(?:per)?masalah(?:an)? (?:ini |tersebut |konsumen |pelanggan )?(?:telah|sudah) (?:kami )?\w+ dengan baik",
        r"(?:telah|sudah) (?:kami )?(?:di)?(?:selesaikan|tangani|tindak ?lanjuti|proses|respons?|komunikasikan)",
        r"(?:telah|sudah) (?:kami )?selesai(?:kan)?",
        r"dengan (?:sangat )?baik",
        r"(?:akan|sedang) (?:segera )?(?:kami )?(?:di)?(?:tindak ?lanjuti|proses|tangani|cek|periksa|selesaikan)",
        r"(?:telah|sudah|akan) (?:kami )?(?:meng)?hubungi (?:konsumen|pelanggan|nasabah|penulis|bapak|ibu|yang bersangkutan)",
        r"(?:meng)?hubungi (?:kami|customer (?:service|care)|cs|layanan pelanggan|call cent(?:er|re))(?: kami)?",
        r"(?:mohon|meminta|memohon) maaf(?: sebesar-besarnya)?(?: atas (?:segala )?(?:ketidak\s?nyamanan|kendala|keluhan))?",
        r"(?:kami )?(?:ucapkan |sampaikan )?terima ?kasih(?: banyak)?(?: atas \w+)?",
        r"menanggapi (?:surat pembaca|keluhan|surat|laporan)(?: (?:bapak|ibu|saudara|anda|tersebut))?",
        r"dengan hormat|hormat kami|salam hangat|salam hormat|selamat (?:pagi|siang|sore|malam)|yang terhormat|yth",
        r"kepuasan (?:pelanggan|konsumen|nasabah) (?:adalah|merupakan) prioritas(?: utama)?(?: kami)?",
        r"(?:the )?(?:matter|issue|problem|case) has been (?:well |fully )?(?:resolved|solved|handled|settled)",
        r"thank you for (?:your )?\w+|we apologi[sz]e for (?:the|any) inconvenience|please contact (?:us|our \w+ \w+)",
    )
)
_EMPTY: Final = frozenset(
    {
        "a", "ada", "adalah", "agar", "akan", "anda", "apabila", "are", "as", "at", "atas", "atau", "bagi", "bahwa",
        "baik", "bapak", "be", "beliau", "belum", "bila", "bisa", "dalam", "dan", "dapat", "dari", "demi", "demikian",
        "dengan", "di", "dia", "for", "hal", "has", "have", "ibu", "ini", "is", "it", "itu", "iya", "jika", "juga",
        "kak", "kakak", "kami", "karena", "ke", "kepada", "kita", "lagi", "lebih", "maka", "mas", "masalah", "mbak",
        "mohon", "namun", "of", "oleh", "on", "or", "pada", "para", "pak", "pelanggan", "konsumen", "nasabah",
        "penulis", "permasalahan", "pihak", "saat", "saja", "sangat", "saudara", "saya", "sebagai", "secara",
        "segala", "segera", "sehingga", "serta", "setelah", "sudah", "surat", "pembaca", "tanggapan", "telah",
        "tentang", "terhadap", "terkait", "tersebut", "that", "the", "this", "tidak", "to", "untuk", "was", "we",
        "with", "ya", "yang", "your", "you", "our", "us"
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def words_of_its_own(text: str) -> int:
    """Return how many different words are left without stock phrases, courtesies and function words."""
    rest = " ".join(text.casefold().split())
    for phrase in _STOCK:
        rest = phrase.sub(" ", rest)
    return len({word for word in _WORD.findall(rest) if word not in _EMPTY and not _is_noise(word)})


def has_substance(text: str) -> bool:
    """Whether a response says enough of its own to be an answer."""
    return words_of_its_own(text) >= LEAST_WORDS


def asks_something(text: str) -> bool:
    """Whether a question holds enough words of its own to be answered: courtesies alone only let a clock stand."""
    return words_of_its_own(text) >= LEAST_QUESTION_WORDS


def _is_noise(word: str) -> bool:
    """A single letter, or one letter again and again."""
    return not word.isdigit() and len(set(word)) < 2
