"""Whether two texts are the same words with other names and numbers filled in: shingles and their MinHash signature.

Only what a business would write anew for another letter counts: names, numbers, dates, salutations, placeholders and the
words of the letter's title are left out first. The signature is R-MinHash (https://arxiv.org/abs/1704.04370) over hashes of
our own, so that a signature of today is that of any other machine; ALGORITHM changes when plain text gets another signature.
"""

import itertools
import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from operator import eq
from typing import Final

from rensa import RMinHash  # type: ignore[import-untyped]

from forum.letters import shapes
from forum.responses.numerals import fold
from forum.responses.substance import FUNCTION_WORDS

ALGORITHM: Final = 1_000 * RMinHash.ALGORITHM_VERSION + 1
SLOTS: Final = 256
"""Of a signature: the estimate of a likeness of 0.85 errs by 0.022 (standard deviation)."""
BANDS: Final = 32
"""Of 8 slots: two texts that are alike by 0.85 share a band in 99.996 of 100 cases."""
SEED: Final = 20_261_126
ALIKE: Final = 0.85
"""From this estimated Jaccard likeness on, two texts are near-identical."""
SAME: Final = 0.95
"""From this one on, a text is kept as the wording that is known already."""
SHINGLES: Final = (1, 2)
"""Words in a row: single ones keep reordered text alike, pairs keep other sentences of the same words apart."""
LEAST_WORDS: Final = 4
"""With fewer left, nothing is left out but numbers: a short answer is compared as it stands."""
LEAST_EQUAL_WORDS: Final = 5
"""In a row, to be shown to the writer as equal."""

_LEFT_OUT = re.compile(
    r"\{[^{}\n]{0,60}\}|\[[^\[\]\n]{0,60}\]|<[^<>\n]{0,60}>|_{3,}|\.{4,}|\bx{3,}\b"  # placeholders
    r"|\S+@\S+|\bhttps?://\S+|\bwww\.\S+|@\w+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_ENDS = re.compile(r"[.!?:;,\n]")
_SHORTENED: Final = frozenset({"sdr", "sdri", "tn", "ny", "mr", "mrs", "ms", "yth"})
_CALLED: Final = frozenset(
    {
        "bapak", "ibu", "pak", "bu", "kak", "kakak", "mas", "mbak", "mba", "bang", "bung", "saudara", "saudari",
        "sdr", "sdri", "tuan", "nyonya", "tn", "ny", "yth", "yang-terhormat", "halo", "hai", "dear", "mr",
        "mrs", "ms"
    }
)  # fmt: skip
_DATES: Final = frozenset(
    {
        "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober",
        "november", "desember", "jan", "feb", "mar", "apr", "jun", "jul", "agu", "ags", "agt", "sep", "sept",
        "okt", "nov", "des", "senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu",
        "january", "february", "march", "may", "june", "july", "august", "october", "december", "monday",
        "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "wib", "wita", "wit"
    }
)  # fmt: skip
_MONEY: Final = frozenset({"rp", "idr", "rupiah", "ribu", "juta", "miliar"})
_COMMON: Final = FUNCTION_WORDS | frozenset(
    {
        "barang", "pesanan", "paket", "kiriman", "kirim", "dikirim", "datang", "sampai", "toko", "uang", "dana",
        "kembali", "dikembalikan", "refund", "batal", "dibatalkan", "pembatalan", "rusak", "cacat", "salah",
        "hilang", "layanan", "aplikasi", "akun", "kartu", "rekening", "saldo", "transaksi", "gagal", "tagihan",
        "biaya", "klaim", "garansi", "servis", "teknisi", "kurir", "hari", "pekan", "bulan", "tahun", "jam",
        "lama", "lambat", "proses", "diproses", "janji", "penjual", "pembeli", "promo", "voucher", "tiket",
        "jadwal", "penerbangan", "kamar", "hotel", "internet", "gangguan", "listrik", "air", "produk", "unit",
        "mesin", "bank", "asuransi", "polis", "setelah", "sejak", "tanpa", "terus", "masih", "tak", "jawaban",
        "respons", "balasan", "keluhan", "laporan", "dua", "tiga", "empat", "lima", "enam", "tujuh"
    }
)  # fmt: skip


@dataclass(frozen=True)
class Sketch:
    """A text as its signature (`SLOTS` numbers of 32 bits), the keys of its bands and one number for the whole."""

    signature: bytes
    keys: tuple[int, ...]
    mark: int


def sketch(text: str, *, names: Iterable[str] = (), title: str = "") -> Sketch:
    """Return the sketch of an answer to the letter of this `title`; `names` are of the people in it."""
    return of_words(own_words(text, names=names, title=title))


def of_words(words: list[str]) -> Sketch:
    """Return the sketch of words that are ready to be compared."""
    hashes = [_hash(piece.encode()) for piece in sorted(shingles(words))]
    [row] = RMinHash.digest_matrix_from_token_hash_sets([hashes], SLOTS, SEED).to_rows()
    signature = b"".join(slot.to_bytes(4, "little") for slot in row)
    return Sketch(signature, keys_of(signature), _signed(_hash(signature)))


def keys_of(signature: bytes) -> tuple[int, ...]:
    """Return a key for each band of a signature; near-identical texts have one in common."""
    width = len(signature) // BANDS
    return tuple(
        _signed(_hash(band.to_bytes(1, "little") + signature[band * width : (band + 1) * width]))
        for band in range(BANDS)
    )


def likeness(one: bytes, other: bytes) -> float:
    """Return the estimated Jaccard likeness of two texts, from 0 to 1, by their signatures."""
    equal: int = sum(map(eq, _slots(one), _slots(other)))
    return equal / SLOTS


def shingles(words: list[str]) -> set[str]:
    """Return every run of SHINGLES words."""
    return {" ".join(words[at : at + size]) for size in SHINGLES for at in range(len(words) - size + 1)}


def own_words(text: str, *, names: Iterable[str] = (), title: str = "") -> list[str]:
    """Return the words of a text without what is filled in for one letter alone."""
    words = [word for word, _start, _end in placed_words(text, names=names, title=title)]
    return words if len(words) >= LEAST_WORDS else [word for word, _start, _end in placed_words(text)]


def placed_words(text: str, *, names: Iterable[str] = (), title: str = "") -> list[tuple[str, int, int]]:
    """Return the same words with their places in the text; a word is what is read, whatever letters stand for it."""
    read = fold(text)
    covered = _LEFT_OUT.sub(lambda hit: " " * len(hit[0]), read.shown)
    known = {word for name in names for word in _words(name)}
    found = [(_folded(hit[0]), hit[0], *hit.span()) for hit in _WORD.finditer(covered)]
    titled = _title_places([word for word, *_rest in found], title)
    kept: list[tuple[str, int, int]] = []
    called = last = 0  # words that may still be a name behind "Bapak", and where the word before ended
    for at, (word, typed, start, end) in enumerate(found):
        gap, last = covered[last:start], end
        if word in _CALLED:
            called = 3
            continue
        if _SENTENCE_ENDS.search(gap) and not (called and at and found[at - 1][0] in _SHORTENED):
            called = 0
        is_name = called > 0 and typed[:1].isupper() and word not in FUNCTION_WORDS and word not in shapes.NOT_NAMES
        called = called - 1 if is_name else 0
        if is_name or word in known or at in titled or _is_filled_in(word):
            continue
        kept.append((word, *read.span(start, end)))
    return kept


def _is_filled_in(word: str) -> bool:
    return len(word) < 2 or any(map(str.isdigit, word)) or word in _DATES or word in _MONEY


def _title_places(words: list[str], title: str) -> set[int]:
    """Where the text names what the title names: runs of its words, and single ones that not every complaint has."""
    of_title = _words(title)
    pairs = set(itertools.pairwise(of_title))
    rare = {word for word in of_title if word not in _COMMON and len(word) > 2}
    places = {at for at, word in enumerate(words) if word in rare}
    for at in range(len(words) - 1):
        pair = (words[at], words[at + 1])
        if pair in pairs and rare.intersection(pair):
            places |= {at, at + 1}
    return places


def equal_parts(text: str, other: str) -> list[tuple[int, int]]:
    """Return the stretches of `text` (start, end) that stand in `other` too, LEAST_EQUAL_WORDS words or longer."""
    mine, theirs = placed_words(text), [word for word, _start, _end in placed_words(other)]
    runs = set(_runs(theirs))
    equal = [False] * len(mine)
    for at, run in enumerate(_runs([word for word, _start, _end in mine])):
        if run in runs:
            equal[at : at + LEAST_EQUAL_WORDS] = [True] * LEAST_EQUAL_WORDS
    parts: list[tuple[int, int]] = []
    for at, (_word, start, end) in enumerate(mine):
        if equal[at] and at and equal[at - 1]:
            parts[-1] = (parts[-1][0], end)
        elif equal[at]:
            parts.append((start, end))
    return parts


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + LEAST_EQUAL_WORDS]) for at in range(len(words) - LEAST_EQUAL_WORDS + 1)]


def _words(text: str) -> list[str]:
    return [_folded(word) for word in _WORD.findall(fold(text).shown)]


def _folded(word: str) -> str:
    plain = word.casefold()
    return plain.removesuffix("nya") if len(plain) > 6 else plain


def _hash(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little")


def _signed(number: int) -> int:
    """The same 64 bits as databases keep them."""
    return number - 2**64 if number >= 2**63 else number


def _slots(signature: bytes) -> "array[int]":
    slots: array[int] = array("I")
    slots.frombytes(signature)
    return slots
