"""Handing a conversation to people and back: ask, claim, release, resolve."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from desk.agents import repository as agents
from desk.agents.models import Agent
from desk.agents.rules import anyone_present
from desk.attachments import service as attachments
from desk.attachments.views import attachment_view
from desk.cases import follow_up
from desk.cases import service as cases
from desk.cases.enums import CaseState
from desk.cases.models import Case
from desk.cases.rules import highest
from desk.cases.topics import topic_of
from desk.clock import now
from desk.conversations import repository as transcripts
from desk.conversations import service as conversations
from desk.conversations.enums import Author, Owner
from desk.conversations.models import Conversation, Message
from desk.conversations.rules import checked_words
from desk.database import Work
from desk.errors import AlreadyClaimed, AttachmentNotYours, InvalidField, NotFound, NotOwner
from desk.facts import ZONE, Facts
from desk.handoffs import repository
from desk.handoffs.enums import HandoffState
from desk.handoffs.models import Handoff
from desk.handoffs.rules import REASONS, least_priority, position
from desk.ids import new_id
from desk.news import QueueChanged


@dataclass(frozen=True)
class Request:
    """What the bot, or the desk itself, asks a person for."""

    reason: str
    topic: str = "general"
    slots: Mapping[str, Any] = field(default_factory=dict)
    lookups: list[Any] = field(default_factory=list)
    failed_turns: int = 0
    case_number: str | None = None
    attachments: Sequence[str] = ()


@dataclass(frozen=True)
class AgentDraft:
    """What an agent sends: text, attachments or both, in the epoch in which they own the conversation."""

    client_id: str
    epoch: int
    text: str | None = None
    attachments: Sequence[str] = ()


async def ask(
    work: Work, facts: Facts, conversation: Conversation, request: Request, turn_id: int | None = None
) -> Handoff:
    """Put a conversation that is held into the queue, with its case, brief and a word to the user."""
    moment = now()
    topic, _ = topic_of(request.topic)
    case = await cases.unsettled_of(work, conversation, request.case_number, topic)
    if case is None:
        case = await cases.open_case(
            work,
            facts,
            conversation_id=conversation.id,
            user_ref=conversation.user_ref,
            topic=topic,
            fields=request.slots,
            douyin_id=_text(request.slots.get("douyin_id"), 64),
            contact_phone=_text(request.slots.get("contact_phone"), 32),
            at_least=least_priority(request.reason),
        )
    reason = request.reason if request.reason in REASONS else "user_request"
    handoff = Handoff(
        id=new_id("h"),
        conversation_id=conversation.id,
        case_number=case.number,
        reason=reason,
        topic=topic,
        priority=highest([case.priority, least_priority(reason)]),
        skill_group="crisis_care" if reason == "crisis" else case.skill_group,
        brief={"slots": dict(request.slots), "lookups": request.lookups, "failed_turns": request.failed_turns},
        state=HandoffState.WAITING,
        waiting_since=moment,
    )
    work.session.add(handoff)
    await work.session.flush()
    cases.record(work, case, cases.BOT, "handoff_asked", reason=reason)
    await _file_named(work, conversation, case, request.attachments)
    await conversations.change_owner(work, conversation, Owner.QUEUE)
    await _tell_place(work, facts, conversation, handoff, turn_id)
    work.tell(QueueChanged())
    return handoff


async def _file_named(work: Work, conversation: Conversation, case: Case, named: Sequence[str]) -> None:
    """File what the bot names, and what came with turns that it will not take any more."""
    dropped = await transcripts.unfinished_of(work.session, conversation.id)
    for each in [*named, *(item["id"] for turn in dropped for item in turn.attachments)]:
        # A bot that names a wrong one must not cost the user the way to a person.
        with contextlib.suppress(AttachmentNotYours):
            await attachments.check_sent(work, conversation.id, [each])
            await cases.add_material(work, case, [each], cases.BOT)


async def file_sent(work: Work, message: Message) -> None:
    """While a person is waited for or has the conversation, what the user sends belongs to its case."""
    handoff = await repository.unresolved_of(work.session, message.conversation_id)
    if handoff:
        case = await cases.hold(work, handoff.case_number)
        await cases.add_material(work, case, [each["id"] for each in message.attachments], cases.USER)


async def _tell_place(
    work: Work, facts: Facts, conversation: Conversation, handoff: Handoff, turn_id: int | None
) -> None:
    moment = now()
    case = {"case": handoff.case_number}
    if handoff.reason == "crisis":
        # Neither a place in a line nor a case number is what someone in despair should read.
        await conversations.notice(work, conversation, "queue_joined_crisis", turn_id)
    elif anyone_present(await agents.on_duty(work.session), handoff.skill_group, moment):
        place = position(handoff, await repository.waiting(work.session))
        await conversations.notice(work, conversation, "queue_joined", turn_id, position=place, **case)
    elif facts.human_hours.contains(moment):
        await conversations.notice(work, conversation, "queue_joined_nobody_here", turn_id, **case)
    else:
        opens = facts.human_hours.next_opening(moment).astimezone(ZONE)
        await conversations.notice(work, conversation, "queue_joined_closed", turn_id, opens=f"{opens:%H:%M}", **case)


async def claim(work: Work, handoff_id: str, agent: Agent) -> Conversation:
    """Give a waiting handoff to this agent; AlreadyClaimed names whoever was first, unless it was they themselves."""
    handoff, conversation = await _hold(work, handoff_id)
    if handoff.agent_id == agent.id:
        return conversation
    if handoff.state != HandoffState.WAITING:
        holder = await agents.find(work.session, handoff.agent_id) if handoff.agent_id else None
        raise AlreadyClaimed(agent_name=holder.name if holder else None)
    handoff.state, handoff.agent_id, handoff.assigned_at = HandoffState.ASSIGNED, agent.id, now()
    case = await cases.hold(work, handoff.case_number)
    cases.reach_open(work, case, agent.login)
    case.agent_id = agent.id
    cases.record(work, case, agent.login, "claimed")
    await conversations.change_owner(work, conversation, Owner.AGENT, agent.id)
    await conversations.notice(work, conversation, "agent_joined", agent=agent.name)
    work.tell(QueueChanged())
    return conversation


async def release(work: Work, conversation_id: str, agent: Agent, epoch: int) -> Conversation:
    """Put an agent's conversation back into the queue; its waiting time goes on."""
    conversation, handoff = await _hold_own(work, conversation_id, agent, epoch)
    handoff.state, handoff.agent_id, handoff.assigned_at = HandoffState.WAITING, None, None
    case = await cases.hold(work, handoff.case_number)
    cases.record(work, case, agent.login, "released")
    await conversations.change_owner(work, conversation, Owner.QUEUE)
    await conversations.notice(work, conversation, "agent_left", agent=agent.name)
    work.tell(QueueChanged())
    return conversation


async def resolve(work: Work, conversation_id: str, agent: Agent, epoch: int, note: str = "") -> Conversation:
    """End a handoff: the case is resolved, CSAT asked once, and the bot goes on."""
    conversation, handoff = await _hold_own(work, conversation_id, agent, epoch)
    handoff.state, handoff.resolved_at = HandoffState.RESOLVED, now()
    case = await cases.hold(work, handoff.case_number)
    cases.reach_open(work, case, agent.login)
    cases.move(work, case, CaseState.RESOLVED, agent.login, note=note)
    await conversations.change_owner(work, conversation, Owner.BOT)
    # The bot hears where to go on from as a turn of its own.
    payload = "/handoff_resolved"
    if await follow_up.needs_gentleness(work, case):
        await conversations.notice(work, conversation, "handoff_resolved_crisis", agent=agent.name)
    else:
        await conversations.notice(work, conversation, "handoff_resolved", agent=agent.name, case=case.number)
        await follow_up.ask_csat(work, conversation, case)
        payload += f'{{"case_number": "{case.number}"}}'
    await conversations.queue_turn(work, conversation, new_id("d"), payload=payload)
    return conversation


async def write_as_agent(work: Work, conversation_id: str, agent: Agent, draft: AgentDraft) -> tuple[Any, bool]:
    """Store an agent's message; a resend returns the first one, an old epoch is refused."""
    conversation = await conversations.hold(work, conversation_id)
    known = await transcripts.by_client_id(work.session, conversation_id, draft.client_id)
    if known and known.agent_id == agent.id:
        return known, False
    await check_owner(work.session, conversation, agent, draft.epoch)
    if known:
        raise InvalidField(field="client_id")  # somebody else's; a resend it is not
    sent = await attachments.unsent(work, conversation_id, draft.attachments, agent.id)
    message = await conversations.append(
        work,
        conversation,
        Author.AGENT,
        text=checked_words(draft.text, alone=not sent),
        attachments=[attachment_view(each) for each in sent],
        client_id=draft.client_id,
        agent_id=agent.id,
        agent_name=agent.name,
    )
    attachments.send_with(message.id, sent)
    return message, True


async def check_owner(session: AsyncSession, conversation: Conversation, agent: Agent, epoch: int) -> None:
    """NotOwner, naming who has it, unless the agent owns the conversation in this epoch."""
    if conversation.owner == Owner.AGENT and conversation.agent_id == agent.id and conversation.epoch == epoch:
        return
    holder = await agents.find(session, conversation.agent_id) if conversation.agent_id else None
    raise NotOwner(owner=conversation.owner, agent_name=holder.name if holder else None, epoch=conversation.epoch)


async def _hold(work: Work, handoff_id: str) -> tuple[Handoff, Conversation]:
    """Handoff and conversation; the conversation is locked first everywhere, so nothing deadlocks."""
    handoff = await repository.find(work.session, handoff_id)
    if handoff is None:
        raise NotFound()
    conversation = await conversations.hold(work, handoff.conversation_id)
    await work.session.refresh(handoff)
    return handoff, conversation


async def _hold_own(work: Work, conversation_id: str, agent: Agent, epoch: int) -> tuple[Conversation, Handoff]:
    conversation = await conversations.hold(work, conversation_id)
    await check_owner(work.session, conversation, agent, epoch)
    handoff = await repository.unresolved_of(work.session, conversation_id)
    if handoff is None:
        raise NotFound()
    return conversation, handoff


def _text(value: Any, longest: int) -> str | None:
    """What a column of the case can hold; anything else stays in the case's fields only."""
    return value if isinstance(value, str) and 0 < len(value) <= longest else None
