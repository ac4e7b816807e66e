"""Whether a response says anything: courtesies and stock phrases alone are no answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from forum.responses.numerals import fold

LEAST_WORDS: Final = 8
"""Different words of its own that a response must hold beside courtesies and stock phrases."""
LEAST_QUESTION_WORDS: Final = 2
"""Different words of its own that a question must hold: "Kapan dikirim?" asks something."""

MOST_NUMBERS: Final = 3
"""Numbers that count as words of their own: a row of them says nothing."""
LONGEST_SHOWN_PHRASES: Final = 4

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
        r"(?:semoga|mudah-mudahan) (?:\w+ ){0,4}(?:berkenan|bermanfaat|sehat(?: selalu)?|maklum|menjawab)",
        r"(?:atas )?(?:perhatian|pengertian|kerja ?sama|kepercayaan|kesabaran|masukan|kesetiaan)(?:nya)?(?: dan \w+)?(?: (?:yang diberikan|anda|bapak|ibu))?",
        r"kami (?:selalu |senantiasa |akan )?(?:berkomitmen|berupaya|berusaha|menjunjung)(?: \w+){0,4} (?:terbaik|prima|layanan|pelayanan)",
        r"(?:menjadi|sebagai) (?:bahan )?(?:masukan|evaluasi|perbaikan)(?: (?:yang )?berharga)?(?: (?:bagi|untuk) kami)?",
        r"(?:meneruskan|diteruskan|sampaikan|disampaikan|teruskan) (?:kepada|ke) (?:tim|pihak|bagian|divisi|unit) (?:terkait|kami|yang berwenang)",
        r"sesuai (?:dengan )?(?:prosedur|ketentuan|kebijakan|sop|aturan)(?: yang berlaku)?(?: di perusahaan)?",
        r"(?:pihak|tim|bagian) terkait|yang bersangkutan|secara kekeluargaan|kesepakatan (?:kedua belah pihak|bersama)",
        r"(?:demikian|sekian)(?: yang dapat)?(?: kami)?(?: sampaikan| jelaskan| informasikan)?|wassalam\w*|assalamu\S*(?: \S+){0,3} wabarakatuh",
        r"(?:customer|public) (?:care|service|relation[s]?)|hubungan masyarakat|humas|layanan pelanggan|manajemen",
        r"thank you for (?:your )?\w+|we apologi[sz]e for (?:the|any) inconvenience|please contact (?:us|our \w+ \w+)",
    )
)
FUNCTION_WORDS: Final = frozenset(
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


_SAYS: Final = {
    "found": re.compile(
        r"\b(?:karena|sebab\w*|akibat|ternyata|\w*temu\w*|\w*periksa\w*|hasil|rupanya|keliru|salah|\w*tunjuk\w*|\w*catat\w*|because|found)\b"
    ),
    "done": re.compile(
        r"\b\w*(?:kembali|ganti|kirim|perbaik|transfer|antar|batal|refund|tolak|bayar|hapus|pasang|buka|tarik|potong|hitung|kredit"
        r"|serah|beri|jelas|tawar|sent|paid|replac|repair|return)\w*"
    ),
    "when": re.compile(
        r"\d|\b(?:hari ini|besok|kemarin|lusa|tadi|nanti|pagi|siang|sore|malam|senin|selasa|rabu|kamis|jumat|sabtu|minggu|pekan|bulan|today|tomorrow)\b"
    ),
}
_GREETING = re.compile(
    r"\A(?:\s*(?:yth|kepada|halo|hai|dear|dengan hormat|selamat)\b[^\n]{0,80}[,:.!\n])+", re.IGNORECASE
)
_SIGNED = re.compile(
    r"\b(?:hormat kami|salam(?: hangat| hormat)?|ttd|tertanda|regards|sincerely)\b[\s\S]{0,200}\Z", re.IGNORECASE
)


@dataclass(frozen=True)
class Weighed:
    """How much a response says: `words` of its own, the stock phrases that did not count, and what it does not tell.

    `missing` holds of "found" (what the business found), "done" (what it did or will do) and "when" what is not there.
    """

    words: int
    stock: tuple[str, ...]
    missing: tuple[str, ...]


def weigh(text: str, names: Iterable[str] = ()) -> Weighed:
    """Weigh a response without greeting, signature, courtesies, stock phrases, repeated words and `names`."""
    rest = " ".join(_SIGNED.sub(" ", _GREETING.sub(" ", fold(text).shown.strip())).casefold().split())
    stock: list[str] = []
    for phrase in _STOCK:
        stock += [hit[0] for hit in phrase.finditer(rest)]
        rest = phrase.sub(" ", rest)
    known = {word for name in names for word in _WORD.findall(name.casefold())}
    words = {
        word for word in _WORD.findall(rest) if word not in FUNCTION_WORDS and word not in known and not _is_noise(word)
    }
    numbers = {word for word in words if any(map(str.isdigit, word))}
    return Weighed(
        words=len(words - numbers) + min(len(numbers), MOST_NUMBERS),
        stock=tuple(dict.fromkeys(stock))[:LONGEST_SHOWN_PHRASES],
        missing=tuple(what for what, shape in _SAYS.items() if not shape.search(rest)),
    )


def words_of_its_own(text: str) -> int:
    """Return how many different words are left without stock phrases, courtesies and function words."""
    return weigh(text).words


def has_substance(text: str) -> bool:
    """Whether a response says enough of its own to be an answer."""
    return weigh(text).words >= LEAST_WORDS


def asks_something(text: str) -> bool:
    """Whether a question holds enough words of its own to be answered: courtesies alone only let a clock stand."""
    return words_of_its_own(text) >= LEAST_QUESTION_WORDS


def _is_noise(word: str) -> bool:
    """A single letter, or one letter again and again."""
    return not word.isdigit() and len(set(word)) < 2
