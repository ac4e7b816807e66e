"""The access table: every route and method × every person → what happens. A route without a row fails.

IN: led to sign-in · OK: shown or carried out (also a form that is shown again, or a redirect inside the site) ·
SET: led to the second factor that the office needs · 403, 404, 409, 410: refused so.

Twelve kinds of people: seven have a column; of the other five a row says only where they differ from whom they are like.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import User
from forum.accounts.rights import Standing
from forum.core import ready
from forum.core.db import db
from forum.merchants.lifecycle import TeamRole
from forum.people.actions import sanction
from forum.people.lifecycle import SanctionKind, SanctionReason
from forum.people.views.suspended import KEPT, KEPT_BLUEPRINTS
from tests.browser import Browser
from tests.cast import Cast, give_second_factor, represent, take_second_factor
from tests.house import scene as scenes

pytestmark = [pytest.mark.once, pytest.mark.timeout(400)]  # each route for each person, in one go for a blueprint
PEOPLE = ("guest", "unconfirmed", "ana", "citra", "bima", "fajar", "dewi")
LIKE = {
    "sari": "bima",  # of the same team, but not an owner
    "eko": "dewi",  # a second moderator
    "surya": "dewi",  # an administrator
    "hadi": "citra",  # a moderator without a second factor is a member
    "gita": "citra",  # suspended: reads as before, sends only what is kept
}
ALL = "OK OK OK OK OK OK OK"
MEMBERS = "IN OK OK OK OK OK OK"
OVER = "410 410 410 410 410 410 410"  # a mailed link that is not (any more) one
STEP = "IN IN IN IN IN IN IN"  # the second step of signing in, where no first one was taken
AUTHOR = "IN 403 OK 403 403 403 403"
TOKEN = "401 401 401 401 401 401 401"  # a session opens nothing of the interface
NOWHERE = "404 404 404 404 404 404 404"
MODERATORS = "IN 403 403 403 403 403 OK"
ADMINISTRATORS = "IN 403 403 403 403 403 403"

TABLE: dict[str, str] = {
    "POST appeals.appeal": "IN 404 OK 404 404 404 403",
    "POST appeals.decide": MODERATORS,
    "GET appeals.decision": "IN 404 OK 404 404 404 OK",
    "GET appeals.judge": MODERATORS,
    "GET appeals.mine": MEMBERS,
    "GET appeals.newest": "IN 404 OK 404 404 404 OK",
    "GET appeals.by_link": NOWHERE,
    "POST appeals.by_link": NOWHERE,
    "GET appeals.of_report": ALL,
    "POST appeals.of_report": ALL,
    "POST people.ask_delete_original": MODERATORS,
    "POST people.ask_identity": MODERATORS,
    "POST people.ask_rights": ADMINISTRATORS,
    "POST people.decide": MODERATORS,
    "POST people.lift": "IN 404 404 403 404 404 OK",
    "GET people.people": MODERATORS,
    "GET people.person": MODERATORS,
    "POST people.read_email": MODERATORS,
    "POST people.read_identity": MODERATORS,
    "GET people.readings": ADMINISTRATORS,
    "GET people.sanction": "IN 404 404 OK 404 404 OK",
    "POST people.sanction_person": MODERATORS,
    "GET people.sanctions": MEMBERS,
    "GET moderation.appeals": MODERATORS,
    "GET moderation.data_requests": MODERATORS,
    "GET privacy.own": MEMBERS,
    "POST privacy.own": MEMBERS,
    "GET privacy.one": "IN 404 OK 404 404 404 404",
    "POST privacy.fetch": "IN 404 OK 404 404 404 404",
    "POST privacy.withdraw": "IN 404 OK 404 404 404 404",
    "GET privacy.ask": ALL,
    "POST privacy.ask": ALL,
    "GET privacy.mailed": NOWHERE,
    "POST privacy.confirm": NOWHERE,
    "POST privacy.withdraw_mailed": NOWHERE,
    "GET privacy.copy": NOWHERE,
    "POST privacy.fetch_mailed": NOWHERE,
    "GET privacy.review": MODERATORS,
    "POST privacy.decide": MODERATORS,
    "GET privacy.log": ADMINISTRATORS,
    "POST privacy.export": ADMINISTRATORS,
    "GET moderation.legal": MODERATORS,
    "GET legal.serve": ALL,
    "GET legal.mine": MEMBERS,
    "GET legal.own": "IN 404 OK 404 404 404 404",
    "GET legal.record": MODERATORS,
    "POST legal.record": MODERATORS,
    "GET legal.every": MODERATORS,
    "GET legal.desk": MODERATORS,
    "POST legal.answer": MODERATORS,
    "POST legal.close": MODERATORS,
    "POST legal.document": MODERATORS,
    "GET legal.holds": MODERATORS,
    "POST legal.holds": MODERATORS,
    "GET legal.release": MODERATORS,
    "POST legal.release": MODERATORS,
    "GET people.record_order": MODERATORS,
    "POST people.record_order": MODERATORS,
    "GET people.identity_order": MODERATORS,
    "POST people.open_order_document": MODERATORS,
    "POST moderation.read_details": MODERATORS,
    "GET accounts.change_email": MEMBERS,
    "POST accounts.change_email": MEMBERS,
    "GET accounts.change_password": MEMBERS,
    "POST accounts.change_password": MEMBERS,
    "GET accounts.close": MEMBERS,
    "POST accounts.close": MEMBERS,
    "GET accounts.confirm": OVER,
    "POST accounts.confirm": OVER,
    "GET accounts.confirm_email_change": OVER,
    "POST accounts.confirm_email_change": OVER,
    "POST accounts.end_session": "IN 404 404 404 404 404 404",
    "GET accounts.forgot": ALL,
    "POST accounts.forgot": ALL,
    "GET accounts.forgot_sent": ALL,
    "POST accounts.resend_confirmation": MEMBERS,
    "GET accounts.reset": OVER,
    "POST accounts.reset": OVER,
    "GET accounts.add_authenticator": MEMBERS,
    "POST accounts.add_authenticator": MEMBERS,
    "GET accounts.add_passkey": MEMBERS,
    "POST accounts.add_passkey": MEMBERS,
    "POST accounts.pass_with_passkey": STEP,
    "POST accounts.passkey_options": MEMBERS,
    "POST accounts.passkey_question": OVER,
    "GET accounts.reconfirm": MEMBERS,
    "POST accounts.reconfirm": MEMBERS,
    "POST accounts.remove_authenticator": MEMBERS,
    "POST accounts.remove_passkey": "IN 404 404 404 404 404 404",
    "POST accounts.renew_codes": MEMBERS,
    "GET accounts.second_factor": MEMBERS,
    "GET accounts.second_step": STEP,
    "POST accounts.second_step": STEP,
    "GET accounts.sessions": MEMBERS,
    "GET accounts.settings": MEMBERS,
    "POST accounts.settings": MEMBERS,
    "GET accounts.sign_in": ALL,
    "POST accounts.sign_in": ALL,
    "POST accounts.sign_out": ALL,
    "GET accounts.sign_up": ALL,
    "POST accounts.sign_up": ALL,
    "GET accounts.signed_up": ALL,
    "GET accounts.work": ALL,
    "GET api.about": ALL,
    "GET api.case": TOKEN,
    "GET api.cases": TOKEN,
    "POST api.acknowledge": TOKEN,
    "POST api.respond": TOKEN,
    "GET api.openapi": ALL,
    "GET api.nothing_there": NOWHERE,
    "POST api.nothing_there": NOWHERE,
    "PUT api.nothing_there": NOWHERE,
    "PATCH api.nothing_there": NOWHERE,
    "DELETE api.nothing_there": NOWHERE,
    "GET api.tokens": "IN 403 403 403 OK 403 403",
    "POST api.tokens": "IN 403 403 403 OK 403 403",
    "POST api.end_token": "IN 404 404 404 OK 404 404",
    "GET webhooks.webhooks": "IN 403 403 403 OK 403 403",
    "POST webhooks.webhooks": "IN 403 403 403 OK 403 403",
    "GET webhooks.webhook": "IN 404 404 404 OK 404 404",
    "POST webhooks.test": "IN 404 404 404 OK 404 404",
    "POST webhooks.renew_secret": "IN 404 404 404 OK 404 404",
    "POST webhooks.remove": "IN 404 404 404 OK 404 404",
    "POST webhooks.send_again": "IN 404 404 404 OK 404 404",
    "GET attachments.documents": "IN 404 404 OK 404 404 403",
    "POST attachments.documents": "IN 404 404 OK 404 404 403",
    "GET attachments.file": ALL,
    "GET ledger.ledger": ALL,
    "GET ledger.redactions": ALL,
    "GET ledger.about": ALL,
    "GET ledger.of_event": ALL,
    "GET ledger.row": ALL,
    "GET ledger.correct": MODERATORS,
    "POST ledger.correct": MODERATORS,
    "GET ledger.figures": ALL,
    "GET ledger.feed": ALL,
    "GET ledger.file": ALL,
    "GET receipts.check": ALL,
    "GET opendata.dumps": ALL,
    "GET opendata.package": NOWHERE,  # a scene has none: tests/opendata publishes them
    "GET receipts.heads": ALL,
    "GET receipts.heads_file": ALL,
    "GET receipts.receipt": "IN 404 OK 404 404 404 404",
    "GET receipts.receipt_text": "IN 404 OK 404 404 404 404",
    "GET attachments.room": "IN 404 OK 404 404 404 OK",
    "POST attachments.change_audience": "IN 404 OK 404 404 404 404",
    "POST attachments.cover": "IN 404 OK 404 404 404 404",
    "POST attachments.uncover": "IN 404 404 404 404 404 404",  # not any more once it is sent
    "POST comments.delete": "IN 403 403 OK 403 403 403",
    "GET comments.edit": "IN 403 403 OK 403 403 403",
    "POST comments.edit": "IN 403 403 OK 403 403 403",
    "GET comments.one": ALL,
    "POST comments.post": MEMBERS,
    "GET comments.reply": MEMBERS,
    "POST comments.vote": "IN 403 OK 403 OK OK OK",
    "POST desk.assign": "IN 403 403 403 OK 403 403",
    "GET contests.answer": "IN 404 OK 403 404 404 403",
    "POST contests.answer": "IN 404 OK 403 404 404 403",
    "POST contests.confirm": NOWHERE,  # a key that is not its own
    "GET contests.contest": "OK OK 403 OK OK OK OK",
    "POST contests.contest": "OK OK 403 OK OK OK OK",
    "POST contests.decide": MODERATORS,
    "GET orders.where": ALL,
    "GET orders.enter": MODERATORS,
    "POST orders.enter": MODERATORS,
    "GET orders.desk": MODERATORS,
    "POST orders.decide": MODERATORS,
    "POST orders.settle": "IN 403 403 403 403 403 403",  # who carried it out does not settle it
    "GET orders.one": "IN 404 404 OK 404 404 404",
    "POST orders.one": "IN 404 404 OK 404 404 404",
    "GET moderation.orders": MODERATORS,
    "GET contests.desk": MODERATORS,
    "GET contests.mailed": NOWHERE,
    "GET contests.one": "IN 404 OK OK 404 404 OK",
    "POST contests.react": "IN 404 OK 403 404 404 403",
    "POST contests.withdraw": "IN 404 403 OK 404 404 403",
    "POST contests.withdraw_mailed": NOWHERE,
    "GET desk.board": MEMBERS,
    "GET desk.case": "IN 403 403 403 OK 403 403",
    "POST desk.delete_note": "IN 404 404 404 OK 404 404",
    "POST desk.end_template": "IN 404 404 404 OK 404 404",
    "POST desk.export": "IN 403 403 403 OK OK 403",
    "GET desk.new_template": "IN 404 404 404 OK OK 404",
    "POST desk.new_template": "IN 404 404 404 OK OK 404",
    "POST desk.note": "IN 403 403 403 OK 403 403",
    "POST desk.selected": MEMBERS,
    "GET desk.template": "IN 404 404 404 OK 404 404",
    "POST desk.template": "IN 404 404 404 OK 404 404",
    "GET desk.templates": MEMBERS,
    "POST desk.use_template": "IN 403 403 403 OK 403 403",
    "GET handover.add_body": MODERATORS,
    "POST handover.add_body": MODERATORS,
    "GET handover.bodies": ALL,
    "GET handover.bodies_of": ALL,
    "GET handover.edit_bodies": MODERATORS,
    "GET handover.edit_body": MODERATORS,
    "POST handover.edit_body": MODERATORS,
    "GET handover.order_bodies": MODERATORS,
    "POST handover.order_bodies": MODERATORS,
    "GET handover.pack": AUTHOR,
    "POST handover.pack": AUTHOR,
    "GET letters.add_update": AUTHOR,
    "POST letters.add_update": AUTHOR,
    "POST letters.add_draft_file": "401 404 OK 404 404 404 404",
    "POST letters.discard_draft": "IN 404 OK 404 404 404 404",
    "GET letters.draft_files": "401 404 OK 404 404 404 404",
    "POST letters.hints": ALL,
    "GET letters.suggest_places": ALL,
    "GET letters.history": ALL,
    "POST letters.me_too": "IN 403 403 OK OK OK OK",
    "GET letters.mend": "IN 404 OK 404 404 404 403",
    "POST letters.mend": "IN 404 OK 404 404 404 403",
    "GET letters.mine": MEMBERS,
    "GET letters.read": ALL,
    "GET letters.read_by_number": ALL,
    "GET letters.revise": AUTHOR,
    "POST letters.revise": AUTHOR,
    "POST letters.remove_draft_file": "401 404 OK 404 404 404 404",
    "POST letters.save_draft": "401 404 OK 404 404 404 404",
    "GET letters.withdraw": AUTHOR,
    "POST letters.withdraw": AUTHOR,
    "GET letters.write": ALL,
    "POST letters.write": MEMBERS,
    "GET merchants.claim": MEMBERS,
    "POST merchants.claim": MEMBERS,
    "GET merchants.confirm_claim": MEMBERS,
    "POST merchants.confirm_claim": "IN 403 403 OK 410 410 410",
    "POST merchants.end_representation": "IN 403 403 403 409 403 OK",  # the last owner leaves no colleague behind
    "POST merchants.hand_over": "IN 404 404 OK 404 404 OK",
    "GET merchants.names": "IN 403 403 403 OK 403 403",
    "POST merchants.names": "IN 403 403 403 OK 403 403",
    "POST merchants.look_up": "IN 404 404 OK 404 404 403",
    "GET merchants.object_to_claim": "IN 404 404 404 OK 404 404",
    "POST merchants.object_to_claim": "IN 404 404 404 OK 404 404",
    "GET merchants.object_to_proof": "IN 403 OK OK 403 OK OK",
    "POST merchants.object_to_proof": "IN 403 OK OK 403 OK OK",
    "GET merchants.proof": ALL,
    "GET merchants.suggest": ALL,
    "GET console.announcement": ADMINISTRATORS,
    "POST console.announcement": ADMINISTRATORS,
    "GET console.announcements": ADMINISTRATORS,
    "POST console.announcements": ADMINISTRATORS,
    "POST console.ask_sums": ADMINISTRATORS,
    "GET console.categories": ADMINISTRATORS,
    "POST console.categories": ADMINISTRATORS,
    "GET console.category": ADMINISTRATORS,
    "POST console.category": ADMINISTRATORS,
    "GET console.changed": ADMINISTRATORS,
    "GET console.drop_job": ADMINISTRATORS,
    "POST console.drop_job": ADMINISTRATORS,
    "POST console.end_announcement": ADMINISTRATORS,
    "GET console.health": ADMINISTRATORS,
    "GET console.index": ADMINISTRATORS,
    "GET console.jobs": ADMINISTRATORS,
    "GET console.limit": ADMINISTRATORS,
    "POST console.limit": ADMINISTRATORS,
    "GET console.limits": ADMINISTRATORS,
    "GET console.mail": ADMINISTRATORS,
    "POST console.mail_address": ADMINISTRATORS,
    "GET console.mails": ADMINISTRATORS,
    "GET console.read_only": ADMINISTRATORS,
    "POST console.read_only": ADMINISTRATORS,
    "POST console.resend": ADMINISTRATORS,
    "POST console.retry_job": ADMINISTRATORS,
    "POST console.retry_kind": ADMINISTRATORS,
    "POST console.write_again": ADMINISTRATORS,
    "GET crowds.terms": MODERATORS,
    "POST crowds.terms": MODERATORS,
    "GET crowds.remove_term": MODERATORS,
    "POST crowds.remove_term": MODERATORS,
    "GET moderation.held_comments": MODERATORS,
    "GET moderation.held_comment": MODERATORS,
    "POST moderation.decide_held": MODERATORS,
    "GET moderation.vote_bursts": MODERATORS,
    "GET moderation.alike": MODERATORS,
    "POST moderation.add_name": MODERATORS,
    "GET moderation.business": MODERATORS,
    "POST moderation.business": MODERATORS,
    "GET moderation.claim": MODERATORS,
    "GET moderation.claims": MODERATORS,
    "POST moderation.clear_name": MODERATORS,
    "POST moderation.add_contact": MODERATORS,
    "GET moderation.answer": MODERATORS,
    "GET moderation.answers": MODERATORS,
    "POST moderation.decide_answer": MODERATORS,
    "POST moderation.drop_contact": MODERATORS,
    "GET moderation.file": MODERATORS,
    "GET moderation.files": MODERATORS,
    "GET moderation.flags": MODERATORS,
    "POST moderation.check_file": MODERATORS,
    "POST moderation.cover_file": MODERATORS,
    "POST moderation.uncover_file": MODERATORS,
    "POST moderation.open_original": MODERATORS,
    "GET moderation.unreached": MODERATORS,
    "GET moderation.contests": MODERATORS,
    "GET moderation.replies": MODERATORS,
    "POST moderation.decide": MODERATORS,
    "POST moderation.decide_claim": MODERATORS,
    "POST moderation.decide_name": MODERATORS,
    "POST moderation.decide_revision": MODERATORS,
    "POST moderation.decide_thing": MODERATORS,
    "GET moderation.letter": MODERATORS,
    "GET moderation.letters": MODERATORS,
    "GET moderation.onward": MODERATORS,
    "GET moderation.said": MODERATORS,
    "POST moderation.take": MODERATORS,
    "POST moderation.release": MODERATORS,
    "POST moderation.see": MODERATORS,
    "POST moderation.hand_on": MODERATORS,
    "POST moderation.reject_spam": MODERATORS,
    "POST moderation.lock_thread": MODERATORS,
    "GET moderation.merge": MODERATORS,
    "POST moderation.merge": "IN 403 403 403 403 403 404",  # no business is named
    "GET moderation.names": MODERATORS,
    "GET moderation.objection": MODERATORS,
    "POST moderation.objection": MODERATORS,
    "GET moderation.objections": MODERATORS,
    "POST moderation.open_document": MODERATORS,
    "GET moderation.queue": MODERATORS,
    "GET moderation.report": ALL,
    "POST moderation.report": ALL,
    "GET moderation.report_status": ALL,
    "GET moderation.reports": MODERATORS,
    "GET moderation.return_letter": MODERATORS,
    "POST moderation.return_letter": MODERATORS,
    "GET moderation.revision": MODERATORS,
    "GET moderation.revisions": MODERATORS,
    "GET moderation.split": MODERATORS,
    "POST moderation.split": MODERATORS,
    "GET moderation.thing": MODERATORS,
    "POST moderation.undo_merge": MODERATORS,
    "GET notifications.confirm_contact": OVER,
    "POST notifications.confirm_contact": OVER,
    "GET notifications.contacts": "IN 403 403 403 OK 403 403",
    "POST notifications.contacts": "IN 403 403 403 OK 403 403",
    "POST notifications.remove_contact": "IN 404 404 404 OK 404 404",
    "GET notifications.follow": "IN 404 404 404 404 404 404",
    "GET notifications.inbox": MEMBERS,
    "POST notifications.read": "IN 404 404 404 404 404 404",
    "POST notifications.read_all": MEMBERS,
    "GET notifications.settings": MEMBERS,
    "POST notifications.settings": MEMBERS,
    "GET notifications.unsubscribe": "404 404 404 404 404 404 404",
    "POST notifications.unsubscribe": "404 404 404 404 404 404 404",
    "GET pages.about": ALL,
    "GET pages.category": ALL,
    "GET pages.category_feed": ALL,
    "GET pages.feed": ALL,
    "GET pages.home": ALL,
    "POST pages.language": ALL,
    "GET pages.live": ALL,
    "GET pages.merchant": ALL,
    "GET pages.merchant_feed": ALL,
    "GET pages.merchants": ALL,
    "GET pages.privacy": ALL,
    "GET pages.ready": "503 503 503 503 503 503 503",
    "GET pages.robots": ALL,
    "GET pages.rules": ALL,
    "GET pages.sitemap": ALL,
    "GET pages.sitemap_letters": ALL,
    "GET pages.sitemap_merchants": ALL,
    "GET pages.sitemap_pages": ALL,
    "GET pages.styleguide": ALL,
    "POST reply.confirm": NOWHERE,  # a key that is not its own
    "POST reply.decide": MODERATORS,
    "GET reply.mailed": NOWHERE,
    "GET reply.review": MODERATORS,
    "POST reply.withdraw": NOWHERE,
    "GET reply.write": "OK OK 403 OK OK OK OK",
    "POST reply.write": "OK OK 403 OK OK OK OK",
    "POST responses.acknowledge": "IN 403 403 403 OK 403 403",
    "GET responses.answer_question": AUTHOR,
    "POST responses.answer_question": AUTHOR,
    "GET responses.ask": "IN 403 403 403 OK 403 403",
    "POST responses.ask": "IN 403 403 403 OK 403 403",
    "GET responses.conclude": AUTHOR,
    "POST responses.conclude": AUTHOR,
    "GET responses.answer_proposal": AUTHOR,
    "POST responses.answer_proposal": AUTHOR,
    "GET responses.judge": AUTHOR,
    "POST responses.judge": AUTHOR,
    "GET responses.say_done": "IN 403 403 403 OK 403 403",
    "POST responses.say_done": "IN 403 403 403 OK 403 403",
    "GET responses.propose": "IN 403 403 403 OK 403 403",
    "POST responses.propose": "IN 403 403 403 OK 403 403",
    "GET responses.overrule": MODERATORS,
    "POST responses.overrule": MODERATORS,
    "GET responses.numbers": "IN 403 403 403 OK 403 403",
    "POST responses.numbers": "IN 403 403 403 OK 403 403",
    "POST responses.drop_number": "IN 403 403 403 OK 403 403",
    "GET responses.mailed": ALL,
    "POST responses.mailed": ALL,
    "GET responses.mailed_file": ALL,
    "POST responses.open_mailed": ALL,
    "POST responses.save_mailed": ALL,
    "GET responses.respond": "IN OK 403 OK OK OK OK",
    "POST responses.respond": "IN OK 403 OK OK OK OK",
    "GET redactions.redact": "IN 403 OK 403 403 403 OK",
    "POST redactions.redact": "IN 403 OK 403 403 403 OK",
    "POST redactions.undo": MODERATORS,
    "POST responses.save_draft": "IN OK 403 OK OK OK OK",
    "GET search.search": ALL,
    "GET statistics.badge": ALL,
    "GET statistics.badge_code": ALL,
    "GET statistics.badge_picture": ALL,
    "GET statistics.category": ALL,
    "GET statistics.category_file": ALL,
    "GET statistics.letters": ALL,
    "GET statistics.merchant_file": ALL,
    "GET statistics.merchant_letters": ALL,
    "GET statistics.method": ALL,
    "GET statistics.site": ALL,
    "GET statistics.site_file": ALL,
    "POST team.cancel": "IN 403 403 403 OK 403 403",
    "POST team.change_role": "IN 403 403 403 OK 403 OK",
    "GET team.join": "IN OK OK OK OK OK OK",
    "POST team.join": "IN OK OK 410 410 410 410",
    "GET team.members": "IN 403 403 403 OK 403 OK",
    "POST team.members": "IN 403 403 403 OK 403 OK",
}

DIFFERENT: dict[str, dict[str, str]] = {
    "POST accounts.remove_authenticator": {"hadi": "SET"},  # led back to that page, as everybody
    "POST accounts.renew_codes": {"hadi": "SET"},
    "POST api.end_token": {"sari": "404"},
    "GET api.tokens": {"sari": "403"},
    "POST api.tokens": {"sari": "403"},
    "POST appeals.decide": {"eko": "403"},
    "GET attachments.documents": {"hadi": "404", "gita": "404"},
    "POST attachments.documents": {"hadi": "404"},
    "POST comments.delete": {"hadi": "403", "gita": "403"},
    "GET comments.edit": {"hadi": "403", "gita": "403"},
    "POST comments.edit": {"hadi": "403"},
    "POST comments.vote": {"hadi": "OK"},  # Citra wrote that comment
    "GET contests.answer": {"hadi": "SET", "gita": "404"},
    "POST contests.answer": {"hadi": "SET"},
    "GET contests.one": {"hadi": "SET", "gita": "404"},
    "POST contests.withdraw": {"hadi": "SET"},
    "POST contests.react": {"hadi": "SET"},
    "POST desk.delete_note": {"sari": "404"},
    "POST desk.end_template": {"sari": "404"},
    "POST merchants.confirm_claim": {"hadi": "410"},
    "POST merchants.end_representation": {"sari": "403", "hadi": "403"},
    "POST merchants.hand_over": {"hadi": "404"},
    "POST merchants.look_up": {"hadi": "404"},
    "GET merchants.names": {"sari": "403"},
    "POST merchants.names": {"sari": "403"},
    "GET merchants.object_to_claim": {"sari": "404"},
    "POST merchants.object_to_claim": {"sari": "404"},
    "GET merchants.object_to_proof": {"sari": "OK"},
    "POST merchants.object_to_proof": {"sari": "OK"},
    "POST moderation.merge": {"hadi": "SET"},
    "POST moderation.objection": {"eko": "403"},
    "GET notifications.contacts": {"sari": "403"},
    "POST notifications.contacts": {"sari": "403"},
    "POST notifications.remove_contact": {"sari": "404"},
    "GET orders.one": {"hadi": "404", "gita": "404"},
    "POST orders.one": {"hadi": "404", "gita": "404"},
    "POST orders.settle": {"eko": "OK", "hadi": "SET"},
    "POST people.decide": {"eko": "403"},
    "POST people.lift": {"hadi": "404"},
    "GET people.readings": {"surya": "OK"},
    "GET privacy.log": {"surya": "OK"},
    "POST privacy.export": {"surya": "OK"},
    "GET people.sanction": {"hadi": "404", "gita": "404"},
    "POST responses.drop_number": {"sari": "403"},
    "GET responses.numbers": {"sari": "403"},
    "POST responses.numbers": {"sari": "403"},
    "POST responses.save_draft": {"gita": "403"},
    "POST team.cancel": {"sari": "403"},
    "POST team.change_role": {"sari": "403", "hadi": "403"},
    "GET team.members": {"sari": "403"},
    "POST team.members": {"sari": "403"},
    "POST webhooks.remove": {"sari": "404"},
    "POST webhooks.renew_secret": {"sari": "404"},
    "POST webhooks.send_again": {"sari": "404"},
    "POST webhooks.test": {"sari": "404"},
    "GET webhooks.webhook": {"sari": "404"},
    "GET webhooks.webhooks": {"sari": "403"},
    "POST webhooks.webhooks": {"sari": "403"},
}


def _outcome(page: Any, *, office: bool) -> str:
    location = page.response.headers.get("Location", "")
    if page.status in {301, 302, 303} and "/sign-in" in location:
        return "IN"
    if page.status in {301, 302, 303} and "/settings/second-factor" in location and office:
        return "SET"
    if page.status in {200, 301, 302, 303, 304, 400, 422}:
        return "OK"
    return str(page.status)


def routes(app: Flask) -> list[tuple[str, str]]:
    found = set()
    for rule in app.url_map.iter_rules():
        if rule.build_only:
            continue
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            found.add((method, rule.endpoint))
    return sorted(found)


def everybody(cast: Cast) -> dict[str, int | None]:
    """The number of each of the twelve kinds of people; a guest has none."""
    people = {
        "unconfirmed": cast.person("Umar", confirmed=False),
        "sari": cast.person("Sari Agen"),
        "hadi": cast.person("Hadi", standing=Standing.MODERATOR),
        "gita": cast.person("Gita"),
    }
    represent(people["sari"], cast.shop, TeamRole.AGENT)
    give_second_factor(people["sari"])
    take_second_factor(people["hadi"])
    suspend(people["gita"], by=cast.person("Wati", standing=Standing.MODERATOR))
    found = {name: people[name] if name in people else getattr(cast, name) for name in (*PEOPLE[1:], *LIKE)}
    return {"guest": None} | {name: person.id for name, person in found.items()}


def suspend(person: User, *, by: User) -> None:
    sanction(person, by=by, kind=SanctionKind.SUSPENSION, days=9, reason=SanctionReason.SPAM, message="Iklan berulang kali.")


def address(app: Flask, scene: scenes.Scene, endpoint: str) -> str:
    """The address of an endpoint in the scene."""
    places = scene.places
    arguments = places.get(endpoint, places.get(endpoint.split(".", maxsplit=1)[0], {}))
    taken = set().union(*(rule.arguments for rule in app.url_map.iter_rules(endpoint) if not rule.build_only))
    with app.test_request_context():
        return app.url_for(endpoint, **{name: value for name, value in arguments.items() if name in taken})


def _ask(app: Flask, person_id: int | None, name: str, method: str, url: str) -> str:
    browser = Browser(app, db.session.get(User, person_id)) if person_id else Browser(app)
    if method == "GET":
        return _outcome(browser.request(method, url), office=name == "hadi")
    tokens = browser.open("/about").find("input", name="csrf_token")
    sent = {"csrf_token": tokens[0].get("value")} if tokens else {"a": ""}
    return _outcome(browser.request(method, url, data=sent), office=name == "hadi")


@contextmanager
def undone() -> Iterator[None]:
    """What happens here is rolled back."""
    db.session.remove()  # a reading that goes on has a place of its own
    place = db.engines[None].begin_nested()  # the connection of the test
    try:
        yield
    finally:
        db.session.remove()
        place.rollback()
        ready.shelf.clear()


def test_every_route_has_a_row(whole_app: Flask) -> None:
    assert [f"{m} {e}" for m, e in routes(whole_app) if f"{m} {e}" not in TABLE] == []
    assert [row for row in TABLE if tuple(row.split()) not in set(routes(whole_app))] == []


@pytest.mark.parametrize("blueprint", sorted({row.split()[1].split(".")[0] for row in TABLE}))
def test_the_table_holds(app: Flask, cast: Cast, blueprint: str) -> None:
    scene, people, wrong = scenes.build(cast), everybody(cast), []
    for row in sorted(TABLE):
        method, endpoint = row.split()
        if endpoint.split(".")[0] == blueprint:
            with undone():
                url = address(app, scene, endpoint)
                found = {name: _ask(app, person_id, name, method, url) for name, person_id in people.items()}
            wanted = dict(zip(PEOPLE, TABLE[row].split(), strict=True))
            wanted |= {name: _of_another(name, row, wanted) for name in LIKE}
            wrong += [f"{row}: {name} {found[name]}, not {wanted[name]}" for name in people if found[name] != wanted[name]]
    assert wrong == []


def _of_another(name: str, row: str, column: dict[str, str]) -> str:
    method, endpoint = row.split()
    if name in DIFFERENT.get(row, {}):
        return DIFFERENT[row][name]
    if name == "gita" and method != "GET" and endpoint not in KEPT and endpoint.split(".", maxsplit=1)[0] not in KEPT_BLUEPRINTS:
        return "403"
    if name == "surya" and TABLE[row] == ADMINISTRATORS:
        return "OK"
    if name == "hadi" and column["citra"] == "403" and column["dewi"] == "OK":
        return "SET"
    return column[LIKE[name]]


def test_a_suspended_person_sends_only_what_is_kept(app: Flask, cast: Cast) -> None:
    """Every route that takes something answers a suspended person with the page of the suspension, but for a named few."""
    scene = scenes.build(cast)
    suspend(cast.ana, by=cast.dewi)
    browser = Browser(app, cast.ana)
    token = browser.open("/about").find("input", name="csrf_token")[0].get("value")
    taken = set()
    for row in TABLE:
        method, endpoint = row.split()
        blueprint = endpoint.split(".", maxsplit=1)[0]
        if method == "POST" and blueprint not in KEPT_BLUEPRINTS and TABLE[row].split()[2] != "401":
            page = browser.request("POST", address(app, scene, endpoint), data={"csrf_token": token})
            if page.status != 403 or "Akun Anda ditangguhkan" not in page:
                taken.add(endpoint)
    assert taken <= KEPT | {"api.nothing_there", "letters.hints"}
