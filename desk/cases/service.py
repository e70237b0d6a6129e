"""Opening cases, moving them, asking and taking CSAT."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from desk.accounts import repository as proofs
from desk.accounts.rules import case_target, phone_target, plain_phone
from desk.attachments import repository as material
from desk.cases import repository
from desk.cases.enums import CaseState, Priority
from desk.cases.models import Case, CaseEvent, Csat, Rating, RememberedWrite
from desk.cases.rules import TRANSITIONS, UNSETTLED, case_number, due, highest, is_theirs, may_go, raised, triage
from desk.cases.topics import topic_of
from desk.cases.views import case_view
from desk.clock import now
from desk.conversations.models import Conversation
from desk.database import Work
from desk.errors import CsatAlreadyGiven, IllegalTransition, KeyReused, NotFound
from desk.facts import ZONE, Facts
from desk.news import CaseChanged

BOT = "bot"
USER = "user"


async def open_case(
    work: Work,
    facts: Facts,
    *,
    conversation_id: str,
    user_ref: str | None,
    topic: str,
    fields: Mapping[str, Any],
    who: str = BOT,
    douyin_id: str | None = None,
    contact_phone: str | None = None,
    penalty_id: str | None = None,
    links: Sequence[str] = (),
    attachments: Sequence[str] = (),
    number: str | None = None,
    at_least: Priority = Priority.LOW,
) -> Case:
    """A new case with its priority, skill group and due time; its audit trail begins."""
    moment = now()
    name, about = topic_of(topic)
    priority = highest([triage(about, fields), at_least])
    case = Case(
        number=number or await free_number(work),
        conversation_id=conversation_id,
        user_ref=user_ref,
        topic=name,
        category=about.category,
        priority=priority,
        skill_group=about.skill_group,
        state=CaseState.NEW,
        douyin_id=douyin_id,
        # Look-ups compare plain numbers; a text without digits is no number.
        contact_phone=plain_phone(contact_phone or "") or None,
        penalty_id=penalty_id,
        fields=dict(fields),
        attachments=[{"kind": "link", "url": url} for url in links],
        created_at=moment,
        updated_at=moment,
        due_at=due(moment, priority, facts.case_sla_by_priority),
    )
    work.session.add(case)
    await work.session.flush()
    await material.file(work.session, case.number, attachments)
    record(work, case, who, "opened")
    return case


async def free_number(work: Work) -> str:
    """A case number nobody has yet."""
    while True:
        number = case_number(now().astimezone(ZONE).date(), secrets.randbelow(1_000_000))
        if await repository.find(work.session, number) is None:
            return number


def record(work: Work, case: Case, who: str, what: str, **detail: Any) -> None:
    """Add a line to the audit trail."""
    case.updated_at = now()
    work.session.add(CaseEvent(case_number=case.number, at=case.updated_at, who=who, what=what, detail=detail))
    work.tell(CaseChanged(case.number))


async def hold(work: Work, number: str) -> Case:
    """The case, locked until the transaction ends; NotFound if there is none."""
    case = await repository.lock(work.session, number)
    if case is None:
        raise NotFound()
    return case


async def hold_unsettled(work: Work, number: str, conversation: Conversation) -> Case:
    """A case that may still grow, of the user of this conversation; NotFound otherwise."""
    case = await hold(work, number)
    if case.state not in UNSETTLED or not await is_of(work, case, conversation):
        raise NotFound()
    return case


def move(work: Work, case: Case, to: CaseState, who: str, **words: str) -> None:
    """Change the state of a case that is held; IllegalTransition if it may not go there."""
    if not may_go(case.state, to):
        allowed = list(TRANSITIONS[CaseState(case.state)])
        raise IllegalTransition(**{"from": case.state, "to": to, "allowed": allowed})
    before = _enter(case, to)
    said = {name: text for name, text in words.items() if text}
    record(work, case, who, "state_changed", **{"from": before, "to": to}, **said)


def reopen(work: Work, facts: Facts, case: Case, who: str) -> bool:
    """Open a settled case that is held once more, a step more pressing and due anew; False if it is unsettled."""
    if case.state in UNSETTLED:
        return False
    before = _enter(case, CaseState.OPEN)
    case.priority = raised(case.priority)
    case.due_at = due(now(), case.priority, facts.case_sla_by_priority)
    record(work, case, who, "reopened", **{"from": before, "to": case.state, "priority": case.priority})
    return True


def _enter(case: Case, state: CaseState) -> CaseState:
    """Put the case into a state, note the moment, and tell where it was."""
    before, case.state = case.state, state
    setattr(case, "opened_at" if state == CaseState.OPEN else f"{state}_at", now())
    return before


async def add_material(work: Work, case: Case, attachments: Sequence[str], who: str) -> None:
    """File attachments under a case that is held; what is there already is not added twice."""
    if added := await material.file(work.session, case.number, attachments):
        record(work, case, who, "material_added", count=added)


def reach_open(work: Work, case: Case, who: str) -> None:
    """Open the case for whoever takes it up, wherever it stands."""
    if case.state != CaseState.OPEN:
        move(work, case, CaseState.OPEN, who)


async def full_view(session: AsyncSession, case: Case, locale: str) -> dict[str, Any]:
    """A case with its trail, its material and how it was rated, as agents see it."""
    events, csat = await repository.events(session, case.number), await repository.csat(session, case.number)
    return case_view(case, events, await material.of_case(session, case.number), csat, locale)


async def is_of(work: Work, case: Case, conversation: Conversation) -> bool:
    """Whether the user of a conversation may act on a case: it is theirs, or the phone registered for it was given."""
    if is_theirs(case, conversation.id, conversation.user_ref):
        return True
    targets = (case_target(case.number), phone_target(case.contact_phone or ""))
    return any([await proofs.is_proved(work.session, conversation.id, target) for target in targets])


async def unsettled_of(work: Work, conversation: Conversation, number: str | None, topic: str) -> Case | None:
    """The case a handoff belongs to: the named one of this user, else the conversation's newest on the topic."""
    named = await repository.find(work.session, number) if number else None
    if named and named.state in UNSETTLED and await is_of(work, named, conversation):
        return named
    return next((case for case in await unsettled(work, conversation.id) if case.topic == topic), None)


async def unsettled(work: Work, conversation_id: str) -> list[Case]:
    """The unsettled cases of a conversation, newest first."""
    cases = await repository.of_conversation(work.session, conversation_id)
    return [case for case in cases if case.state in UNSETTLED]


async def ask_csat(work: Work, case: Case, conversation_id: str) -> bool:
    """Ask for CSAT in a conversation; False if this case was asked for before."""
    if await repository.csat(work.session, case.number):
        return False
    work.session.add(Csat(case_number=case.number, conversation_id=conversation_id, asked_at=now()))
    record(work, case, "desk", "csat_asked")
    return True


async def give_csat(work: Work, conversation_id: str, number: str, score: int, comment: str) -> None:
    """Store the user's score (1–5) for a case of their own conversation."""
    asked = await repository.csat(work.session, number)
    if asked is None or asked.conversation_id != conversation_id:
        raise NotFound()
    case = await hold(work, number)
    await work.session.refresh(asked)
    if asked.score is not None:
        raise CsatAlreadyGiven()
    asked.score, asked.comment, asked.answered_at = score, comment, now()
    record(work, case, USER, "csat_given", score=score)


def rate(work: Work, conversation_id: str, satisfied: bool, topic: str | None) -> None:
    """Store what the user said of an answer of the bot."""
    work.session.add(Rating(conversation_id=conversation_id, satisfied=satisfied, topic=topic, at=now()))


def fingerprint(request: Mapping[str, Any]) -> str:
    """A digest that tells two requests under one idempotency key apart."""
    return hashlib.sha256(json.dumps(request, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


async def recall(work: Work, key: str, request: Mapping[str, Any]) -> dict[str, Any] | None:
    """The answer this key got before; None the first time; KeyReused when the request is another one."""
    known = await repository.remembered(work.session, key)
    if known and known.fingerprint != fingerprint(request):
        raise KeyReused()
    return known.answer if known else None


def remember(work: Work, key: str, request: Mapping[str, Any], answer: dict[str, Any]) -> None:
    work.session.add(RememberedWrite(key=key, fingerprint=fingerprint(request), answer=answer, at=now()))


async def complete(work: Work, key: str, answer: dict[str, Any]) -> None:
    """Replace what a key was reserved for by the final answer."""
    known = await repository.remembered(work.session, key)
    assert known is not None  # reserved by the same request
    known.answer = answer
