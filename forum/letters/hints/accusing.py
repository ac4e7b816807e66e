"""Words that say that somebody did a crime: a hint for moderators, for no court has said so (UU ITE 27A protects persons)."""

import re
from typing import Final, NamedTuple

MOST_ACCUSATIONS: Final = 20
BEFORE: Final = 32
"""Characters before a word in which another may show that nobody is accused."""


class Accusation(NamedTuple):
    """A stretch of the text, `text[start:end] == found`."""

    start: int
    end: int
    found: str


_CRIME = re.compile(
    r"""(?<![\w-])(?:
    (?:pe|me)nipu(?:an)?|ditipu|tukang\ tipu|tipu[ -]tipu|tipu\ daya|tipu\ muslihat
    |pencuri(?:an)?|mencuri|maling|kemalingan|pencopet|copet|penjambret|jambret|begal
    |dicuri(?=\ (?:oleh|kurir|sopir|driver|teknisi|karyawan|pegawai|petugas|satpam|sales|mereka|dia|orang\ dalam)\b)
    |(?:di|meng)?korupsi|koruptor|mengorupsi
    |(?:peng|meng)gelap(?:an|kan)|digelapkan
    |pemeras(?:an)?|memeras|diperas
    |pemalsu(?:an)?|memalsukan|dipalsukan
    |(?:pe|me)rampok(?:an)?|rampok|dirampok(?=\ oleh\b)
    |penyuap(?:an)?|menyuap|disuap|suap|pungli|pungutan\ liar
    |penadah(?:an)?|pencucian\ uang
    |pelecehan|melecehkan|dilecehkan|pencabulan|cabul|pemerkosa(?:an)?|memperkosa|diperkosa
    |penganiaya(?:an)?|menganiaya|dianiaya|pembunuh(?:an)?|membunuh
    |pengedar|bandar\ (?:judi|narkoba)|kriminal|penjahat|kejahatan|bandit|mafia|sindikat|komplotan
    |scam(?:mers?|med|ming)?|fraud(?:sters?|ulent)?|thie(?:f|ves)|steals?|stole|robbed|robbers?|crooks?|embezzle[ds]?|bribe[ds]?|swindlers?
    )(?:nya|lah|kah|mu)?(?![\w-])""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_BEFORE = re.compile(
    r"\b(?:bukan(?:lah)?|bukannya|tidak(?: pernah| ada| akan)?|tak|tanpa|modus|rawan|marak(?:nya)?|waspada(?:i)?|hati-hati|anti|cegah|mencegah"
    r"|pencegahan|takut|khawatir|kategori|divisi|unit|satgas|edukasi|imbauan|himbauan|jangan|asuransi|menghindari|menghindar"
    r"|terhindar|perlindungan|risiko|resiko|melawan|memberantas|maraknya|film|buku|pelaporan|not an?|never|avoid|prevent|against)"
    r"(?: (?:dari|terhadap|atas|akan|indikasi|unsur|maksud|niat|ada|berniat|bermaksud|kasus|saya|kami|a|an|any))*\s*$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"\s+(?:waktu|keringat|otak|tenaga|kuman|bakteri|jamur|serangga|nyamuk|karakter|hati|perhatian|gelap mata|ulang|di media|online shop palsu)\b",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\b(?:di?vonis|vonis|terbukti (?:bersalah|secara sah)|putusan (?:pengadilan|pn|hakim|mahkamah|ma)|inkracht|inkrah"
    r"|berkekuatan hukum tetap|terpidana|dihukum|dipidana|narapidana|convicted|court ruled|found guilty)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?\n]")


def accusations(text: str) -> list[Accusation]:
    """Return the words that accuse of a crime, in order, MOST_ACCUSATIONS at most; none where a verdict is told in the same sentence.

    A proposal only: who is accused, and whether it is a person, is for people to read. `python -m tools.hints accusing` measures it.
    """
    found: list[Accusation] = []
    for hit in _CRIME.finditer(text):
        start = max((one.end() for one in _SENTENCE.finditer(text, max(0, hit.start() - 300), hit.start())), default=max(0, hit.start() - 300))
        stop = _SENTENCE.search(text, hit.end(), hit.end() + 300)
        sentence = text[start : stop.start() if stop else hit.end() + 300]
        before = text[max(start, hit.start() - BEFORE) : hit.start()]
        if _NOT_BEFORE.search(before) or _NOT_AFTER.match(text, hit.end()) or _VERDICT.search(sentence):
            continue
        found.append(Accusation(hit.start(), hit.end(), hit[0]))
        if len(found) == MOST_ACCUSATIONS:
            break
    return found
