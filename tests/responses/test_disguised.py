"""Words in letters that pass for ours, or with signs that no eye sees among them, are read as the eye reads them."""

import random

import pytest

from forum.responses import boilerplate, guard, same_words, substance

pytestmark = pytest.mark.pure

TEXT = (
    "Kami telah memeriksa pesanan Anda dan menemukan bahwa paket tertahan di gudang penyortiran karena alamat tidak lengkap. "
    "Petugas kami sudah mengirimkan ulang barang tersebut melalui kurir lain dan mengembalikan ongkos kirim ke dompet toko."
)
CYRILLIC = str.maketrans("aeopcxyAO", "аеорсхуАО")
SIGNS = {
    "zero width space": "\u200b",
    "soft hyphen": "\u00ad",
    "word joiner": "\u2060",
    "tag": "\U000e0061",
    "deprecated format": "\u206a",
    "selector": "\ufe0f",
    "dot below": "\u0323",
}


def strewn(text, sign, seed):
    chance = random.Random(seed)
    return "".join(one + (sign if one.isalpha() and chance.random() < 0.3 else "") for one in text)


def mixed(text, seed):
    chance = random.Random(seed)
    return "".join(one.translate(CYRILLIC) if chance.random() < 0.4 else one for one in text)


def likeness(one, other):
    return boilerplate.likeness(boilerplate.sketch(one).signature, boilerplate.sketch(other).signature)


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_signs_that_no_eye_sees_make_no_other_answer(sign):
    assert likeness(strewn(TEXT, sign, 1), strewn(TEXT, sign, 2)) == 1


def test_letters_of_another_script_make_no_other_answer():
    assert likeness(mixed(TEXT, 1), mixed(TEXT, 2)) == 1


def test_equal_parts_are_marked_where_they_stand():
    typed = strewn(TEXT, "\u200b", 1)
    [(start, end)] = boilerplate.equal_parts(typed, TEXT)
    assert typed[start:end].replace("\u200b", "") == TEXT.rstrip(".")


def test_a_disguised_question_is_the_same_question():
    question = "Mohon kirimkan foto kemasan barang yang Anda terima"
    assert same_words.words_hash(mixed(question, 1)) == same_words.words_hash(strewn(question, "\u200b", 2))


def test_disguised_courtesies_are_no_substance():
    stock = "Permasalahan konsumen tersebut telah kami selesaikan dengan baik. Terima kasih atas perhatiannya."
    assert substance.weigh(strewn(stock, "\u200b", 3)).words == substance.weigh(stock).words
    assert substance.weigh(mixed(stock, 3)).words == substance.weigh(stock).words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("name", "Terima kasih Аnа Wіjaya atas laporannya"),
        ("name", "Kepada Ibu Wіjауа yang kami hormati"),
        ("name", "Kepada Ibu Wij\U000e0061aya"),
        ("name", "Kepada Ibu Wij\u206aaya"),
        ("name", "atas pesan @anawijaya di media sosial"),
        ("name", "pelanggan bernama di sistem WIJAYA, ANA"),
        ("email", "surat ke аna.wijaya@surat.example"),
        ("order", "nomor pesanan ТМ-778899"),
        ("phone", "di nomor ⓿❽❶❷❸❹❺❻❼❽❾⓿"),
    ],
)
def test_the_guard_reads_what_the_eye_reads(kind, words):
    found = guard.find(
        {"text": words},
        details={"phone": "081234567890", "order": "TM-778899"},
        email="ana.wijaya@surat.example",
        hidden_name="Ana Wijaya",
    )
    assert kind in {one.kind for one in found}
