"""Mail: nothing lost, nothing sent more than twice, no header that was not ours."""

import socket
import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text, update

from forum.core import mail, smtp
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.mail import Delivery, Mail, MailState
from tests.processes import free_port


@pytest.fixture
def server(app, setting, post):
    setting(smtp_url=post.url)
    return post


@unit_of_work
def write(to="ana@surat.example", **more):
    values = {"kind": "published", "subject": "Surat Anda dimuat", "text": "Halo – baik", "html": "<p>Halo – baik</p>"}
    return mail.send(to, **{**values, **more})


def row() -> Mail:
    found = db.session.scalars(select(Mail).execution_options(populate_existing=True)).one()
    db.session.rollback()
    return found


@unit_of_work
def due_now() -> None:
    db.session.execute(update(Mail).values(next_at=utcnow() - timedelta(seconds=1), leased_until=utcnow() - timedelta(seconds=1)))


def test_a_mail_arrives_with_its_headers(server):
    way_out = f"http://localhost/unsubscribe/c1.reminder.{'0c5a89a4a227' * 9}"
    write(unsubscribe=way_out)
    assert mail.waiting()
    assert mail.deliver_next() is Delivery.DONE
    (got,) = server.received
    assert (got.sender, got.recipients) == ("surat@surat-pembaca.example", ["ana@surat.example"])
    assert got.message["Subject"] == "Surat Anda dimuat"
    assert got.message["From"] == "Surat Pembaca <surat@surat-pembaca.example>"
    assert got.message["List-Unsubscribe"] == f"<{way_out}>"
    assert f"\nList-Unsubscribe: <{way_out}>\n" in got.raw.decode().replace("\r\n", "\n"), "as it is, in one line"
    assert got.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got.message["Auto-Submitted"] == "auto-generated"
    assert got.message["Message-ID"].startswith("<mail-")
    assert "Halo – baik" in got.text
    assert "Halo – baik" in got.html
    assert got.raw.isascii()  # a server without 8BITMIME takes it too
    assert row().state is MailState.SENT
    assert mail.deliver_next() is Delivery.NONE
    assert not mail.waiting()


def test_without_a_way_out_no_unsubscribe_header(server):
    write()
    mail.deliver_next()
    assert server.received[0].message["List-Unsubscribe"] is None


def test_address_and_content_are_sealed_in_the_table(app):
    write()
    raw = db.session.execute(text('SELECT "to", content FROM mail')).one()
    assert "ana@" not in raw[0]
    assert "Halo" not in raw[1]


def test_the_same_mail_is_written_once(app):
    assert write(dedupe="published:1:1")
    assert not write(dedupe="published:1:1")
    assert write()
    assert write()
    assert len(db.session.scalars(select(Mail)).all()) == 3


def test_a_rolled_back_cause_leaves_no_mail(app):
    @unit_of_work
    def fails():
        mail.send("a@surat.example", kind="k", subject="s", text="t", html="h")
        raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert db.session.scalar(select(Mail.id)) is None


def test_a_server_that_is_down_keeps_the_mail_for_later(app, setting, post):
    post.close()
    setting(smtp_url=post.url)
    write()
    assert mail.deliver_next() is Delivery.LATER
    kept = row()
    assert (kept.state, kept.uncertain) == (MailState.NEW, 0)
    assert "refused" in kept.error.lower()
    assert mail.deliver_next() is Delivery.NONE  # not before its time
    post.open()
    with time_machine.travel(utcnow() + timedelta(minutes=2), tick=False):
        assert mail.deliver_next() is Delivery.DONE
    assert len(post.received) == 1
    assert row().state is MailState.SENT


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_try_again_is_tried_again(server, stage):
    setattr(server, stage, "451 greylisted")
    write()
    assert mail.deliver_next() is Delivery.LATER
    assert (row().state, row().uncertain) == (MailState.NEW, 0)
    setattr(server, stage, None)
    due_now()
    assert mail.deliver_next() is Delivery.DONE
    assert len(server.received) == 1


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_a_refusal_of_this_mail_parks_it(server, stage):
    setattr(server, stage, "550 no such user")
    write()
    assert mail.deliver_next() is Delivery.DONE
    assert row().state is MailState.PARKED
    assert "550 no such user" in row().error
    due_now()
    assert mail.deliver_next() is Delivery.NONE


def test_a_refusal_of_the_sender_parks_nothing(server):
    server.mail = "550 you are on a list"
    write()
    assert mail.deliver_next() is Delivery.LATER
    assert row().state is MailState.NEW


def test_a_wrong_password_parks_nothing(app, setting, post):
    setting(smtp_url=post.url.replace("smtp://", "smtp://user:wrong@"))
    write()
    assert mail.deliver_next() is Delivery.LATER
    assert row().state is MailState.NEW
    assert not post.received  # no password without TLS


def test_a_banner_that_refuses_parks_nothing(app, setting):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        setting(smtp_url=f"smtp://127.0.0.1:{listening.getsockname()[1]}")

        def refuse():
            other, _ = listening.accept()
            with other:
                other.sendall(b"554 no service here\r\n")

        thread = threading.Thread(target=refuse, daemon=True)
        thread.start()
        write()
        assert mail.deliver_next() is Delivery.LATER
        thread.join()
    assert row().state is MailState.NEW


def test_a_server_that_breaks_off_after_data_gets_at_most_two_copies(server):
    server.drops = True
    write()
    for _ in range(5):
        mail.deliver_next()
        due_now()
    assert len(server.received) == 2
    assert row().state is MailState.PARKED
    ids = {got.message["Message-ID"] for got in server.received}
    assert len(ids) == 1  # the receiver can tell that they are one


def test_a_bad_goodbye_is_no_second_copy(server):
    server.quits = False
    write()
    assert mail.deliver_next() is Delivery.DONE
    due_now()
    assert mail.deliver_next() is Delivery.NONE
    assert len(server.received) == 1


def test_a_worker_that_died_before_data_loses_nothing(server, monkeypatch):
    write()
    monkeypatch.setattr(smtp, "_converse", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        mail.deliver_next()
    assert row().state is MailState.CLAIMED
    assert mail.deliver_next() is Delivery.NONE  # leased
    monkeypatch.undo()
    due_now()
    assert mail.deliver_next() is Delivery.DONE
    assert len(server.received) == 1


def test_a_late_worker_does_not_send_what_another_took(server, monkeypatch):
    write()
    converse = smtp._converse

    def slow(*args):
        due_now()
        monkeypatch.setattr(smtp, "_converse", converse)
        assert mail.deliver_next() is Delivery.DONE  # the other worker, after the lease ended
        converse(*args)

    monkeypatch.setattr(smtp, "_converse", slow)
    assert mail.deliver_next() is Delivery.DONE
    assert len(server.received) == 1
    assert row().state is MailState.SENT


def test_a_late_worker_lets_go_of_what_another_holds(server, monkeypatch):
    write()
    converse = smtp._converse

    def slow(*args):
        due_now()
        assert mail._claim().attempt == 2  # the other worker, at it just now
        converse(*args)

    monkeypatch.setattr(smtp, "_converse", slow)
    mail.deliver_next()
    assert not server.received
    assert (row().state, row().uncertain) == (MailState.CLAIMED, 0)


@pytest.mark.parametrize(
    "address",
    [
        "ana@surat.example\r\nBcc: all@surat.example",
        "ana@surat.example, bcc@surat.example",
        "ana@surat.example\nRCPT TO:<x@y.example>",
        "<ana@surat.example>",
        "Ana <ana@surat.example>",
        "ana surat.example",
        "@surat.example",
        "ana@",
        "ana@@surat.example",
        "änä@surat.example",
        "ana@" + "a" * 70 + ".example",
        "",
    ],
)
def test_what_is_no_address_is_parked_unsent(server, address):
    write(address)
    assert mail.deliver_next() is Delivery.DONE
    assert row().state is MailState.PARKED
    assert not server.received


def test_an_international_domain_is_written_in_ascii(server):
    write("ana@münchen.example")
    mail.deliver_next()
    assert server.received[0].recipients == ["ana@xn--mnchen-3ya.example"]


@pytest.mark.parametrize(
    "subject",
    ["Halo\r\nBcc: all@surat.example", "Halo\nX-Evil: 1", "Halo\x00\x07", "Halo\u2028Bcc: x@y.example", "🙂" * 150, "a" * 2_000, "=?utf-8?q?x?="],
)
def test_a_subject_adds_no_header(server, subject):
    write(subject=subject)
    assert mail.deliver_next() is Delivery.DONE
    (got,) = server.received
    assert got.recipients == ["ana@surat.example"]
    assert set(got.message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
    }  # fmt: skip


def test_a_lone_dot_does_not_end_the_mail(server):
    write(text="satu\n.\ndua\n..tiga\nFrom here\n")
    mail.deliver_next()
    assert server.received[0].text.replace("\r\n", "\n") == "satu\n.\ndua\n..tiga\nFrom here\n"


def test_without_a_server_each_mail_is_a_file(app, setting, tmp_path):
    setting(smtp_url="", data_dir=tmp_path)
    write()
    assert mail.deliver_next() is Delivery.DONE
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name.endswith("-published.eml")
    assert b"Surat Anda dimuat" in file.read_bytes()
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700


def test_a_full_disk_keeps_the_mail(app, setting, tmp_path):
    (tmp_path / "mail").write_text("in the way")
    setting(smtp_url="", data_dir=tmp_path)
    write()
    assert mail.deliver_next() is Delivery.LATER
    assert row().state is MailState.NEW


def test_a_server_that_stays_away_parks_the_mail_at_last(app, setting):
    setting(smtp_url=f"smtp://127.0.0.1:{free_port()}")
    write()
    for _ in range(mail.MOST_ATTEMPTS + 2):
        mail.deliver_next()
        due_now()
    assert (row().state, row().attempts) == (MailState.PARKED, mail.MOST_ATTEMPTS)


def test_old_mails_are_forgotten(server):
    write()
    mail.deliver_next()
    mail.prune()
    assert row()
    with time_machine.travel(utcnow() + timedelta(days=31), tick=False):
        mail.prune()
    assert db.session.scalar(select(Mail.id)) is None
