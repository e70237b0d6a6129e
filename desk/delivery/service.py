"""The life of a turn in the database: taken, finished, failed, late."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desk.cases import service as cases
from desk.clock import now
from desk.conversations import repository
from desk.conversations import service as conversations
from desk.conversations.enums import Author, Kind, Owner, TurnState
from desk.conversations.models import Conversation, Turn
from desk.conversations.rules import next_try
from desk.conversations.service import Lease, Posted
from desk.database import Database, Work
from desk.delivery.bot_client import HandoffWish, Reply, TurnRequest, TurnResult
from desk.facts import ZONE, Facts
from desk.handoffs import service as handoffs
from desk.ids import new_id
from desk.news import StateChanged, TurnEnded

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Taken:
    """A turn this process runs now, under a lease that others respect until it runs out."""

    turn_id: int
    lease: str
    epoch: int
    request: TurnRequest


def new_lease(seconds: float) -> Lease:
    """A lease that nobody else has, from now on."""
    return Lease(new_id("l"), now() + timedelta(seconds=seconds))


def taken_at_once(posted: Posted) -> Taken | None:
    """The turn of a message that was stored under a lease and is next: no one has to look for it."""
    conversation, turn = posted.conversation, posted.turn
    if turn is None or turn.lease is None:
        return None
    return Taken(turn.id, turn.lease, conversation.epoch, _request(conversation, turn, posted.tracker))


async def take_due(database: Database, limit: int, lease_seconds: float) -> list[Taken]:
    """Take up to `limit` turns that may run; each is then this process's alone."""
    async with database.write() as work:
        taken = []
        for turn, conversation in await repository.due_turns(work.session, now(), limit):
            lease = new_lease(lease_seconds)
            turn.state, turn.attempts = TurnState.RUNNING, turn.attempts + 1
            turn.lease, turn.lease_until = lease.name, lease.until
            request = _request(conversation, turn, conversation.tracker)
            taken.append(Taken(turn.id, lease.name, conversation.epoch, request))
    return taken


def _request(conversation: Conversation, turn: Turn, tracker: dict[str, Any] | None) -> TurnRequest:
    return TurnRequest(
        conversation_id=conversation.id,
        message_id=turn.message_id,
        text=turn.text,
        payload=turn.payload,
        tracker=tracker,
        context={
            "locale": conversation.locale,
            "vouched": bool(conversation.vouched_accounts),
            "now": now().astimezone(ZONE).isoformat(timespec="seconds"),
        },
        attachments=turn.attachments,
    )


async def finish(database: Database, facts: Facts, taken: Taken, result: TurnResult) -> bool:
    """Commit replies, tracker, handoff and the turn's end at once.

    False, and nothing is kept, when another process took the turn over or the owner changed meanwhile.
    """
    async with database.write() as work:
        conversation = await conversations.hold(work, taken.request.conversation_id)
        if not await _end(work, conversation, taken):
            return False
        conversation.tracker = result.tracker
        for reply in result.replies:
            await _store(work, conversation, taken.turn_id, reply)
        if result.handoff:
            await handoffs.ask(work, facts, conversation, _asked(result.handoff), taken.turn_id)
        work.tell(TurnEnded(taken.turn_id))
        work.tell(StateChanged(conversation.id))
    return True


async def _end(work: Work, conversation: Conversation, taken: Taken) -> bool:
    """End the turn if it is still this process's to end."""
    if conversation.owner != Owner.BOT or conversation.epoch != taken.epoch:
        return False
    return await repository.end_turn(work.session, taken.turn_id, taken.lease, now())


async def _store(work: Work, conversation: Conversation, turn_id: int, reply: Reply) -> None:
    buttons = [button.model_dump() for button in reply.buttons]
    kind = Kind.CARD if reply.card else Kind.TEXT
    await conversations.append(
        work,
        conversation,
        Author.BOT,
        kind=kind,
        text=reply.text,
        buttons=buttons,
        card=reply.card,
        turn_id=turn_id,
    )
    if reply.buttons:
        titles = {button.payload: button.title for button in reply.buttons}
        await repository.offer(work.session, conversation.id, titles)


def _asked(wish: HandoffWish) -> handoffs.Request:
    return handoffs.Request(
        reason=wish.reason,
        topic=wish.topic or "general",
        slots=wish.slots,
        lookups=wish.lookups,
        failed_turns=wish.failed_turns,
        case_number=wish.case_number,
        attachments=wish.attachments,
    )


async def put_back(database: Database, taken: Taken, problem: str) -> None:
    """Let a failed turn be tried again after a pause."""
    async with database.write() as work:
        turn = await work.session.get(Turn, taken.turn_id, with_for_update=True)
        if turn and turn.state == TurnState.RUNNING and turn.lease == taken.lease:
            turn.state, turn.lease, turn.lease_until = TurnState.PENDING, None, None
            turn.next_try_at, turn.last_problem = next_try(now(), turn.attempts), problem


async def renew(database: Database, leases: list[str], lease_seconds: float) -> None:
    """Tell other processes that these turns are still being worked on."""
    async with database.write() as work:
        await repository.renew_leases(work.session, leases, now() + timedelta(seconds=lease_seconds))


async def tell_waiting(database: Database, notice_seconds: float) -> None:
    """Tell users whose turn takes long that their message has arrived."""
    before = now() - timedelta(seconds=notice_seconds)
    async with database.read() as session:
        late = await repository.late_turns(session, before, unnoticed=True)
    await _for_each(late, lambda conversation_id: _tell_slow(database, conversation_id, before))


async def _tell_slow(database: Database, conversation_id: str, before: datetime) -> None:
    async with database.write() as work:
        conversation = await conversations.hold(work, conversation_id)
        turns = await repository.unfinished_of(work.session, conversation_id)
        waiting = [turn for turn in turns if turn.created_at < before]
        if conversation.owner != Owner.BOT or not waiting:
            return
        if all(turn.noticed_at is None for turn in waiting):
            await conversations.notice(work, conversation, "bot_slow", waiting[0].id)
        for turn in waiting:
            turn.noticed_at = turn.noticed_at or now()


async def give_up(database: Database, facts: Facts, give_up_seconds: float) -> None:
    """Hand conversations to people whose turn the bot could not answer in time."""
    before = now() - timedelta(seconds=give_up_seconds)
    async with database.read() as session:
        late = await repository.late_turns(session, before, unnoticed=False)
    await _for_each(late, lambda conversation_id: _hand_over(database, facts, conversation_id, before))


async def _hand_over(database: Database, facts: Facts, conversation_id: str, before: datetime) -> None:
    async with database.write() as work:
        conversation = await conversations.hold(work, conversation_id)
        unfinished = await repository.unfinished_of(work.session, conversation_id)
        overdue = [turn for turn in unfinished if turn.created_at < before]
        if conversation.owner != Owner.BOT or not overdue:
            return
        await conversations.notice(work, conversation, "bot_unavailable", overdue[0].id)
        unsettled = await cases.unsettled(work, conversation_id)
        topic = unsettled[0].topic if unsettled else "general"
        request = handoffs.Request(reason="bot_unavailable", topic=topic, failed_turns=len(unfinished))
        await handoffs.ask(work, facts, conversation, request, overdue[0].id)


async def _for_each(late: Sequence[Turn], step: Callable[[str], Awaitable[None]]) -> None:
    """Take each conversation by itself: one that fails must not hold up those after it."""
    for conversation_id in dict.fromkeys(turn.conversation_id for turn in late):
        try:
            await step(conversation_id)
        except Exception:
            log.exception("a late turn of %s could not be handled; trying again", conversation_id)
