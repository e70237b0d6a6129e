"""What a user may know of their conversation right now."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from desk.agents import repository as agents
from desk.agents.rules import anyone_present
from desk.cases import repository as cases
from desk.clock import now
from desk.conversations import repository as conversations
from desk.conversations.enums import Owner
from desk.conversations.models import Conversation
from desk.facts import Facts
from desk.handoffs import repository
from desk.handoffs.rules import position


async def user_state(session: AsyncSession, facts: Facts, conversation: Conversation) -> dict[str, Any]:
    """Owner, queue place and open CSAT request of a conversation (JSON-ready)."""
    holder = await agents.find(session, conversation.agent_id) if conversation.agent_id else None
    busy = conversation.owner == Owner.BOT and await conversations.has_unfinished_turn(session, conversation.id)
    asked = await cases.open_csat(session, conversation.id)
    return {
        "conversation_id": conversation.id,
        "owner": conversation.owner,
        "agent_name": holder.name if holder else None,
        "epoch": conversation.epoch,
        "last_seq": conversation.last_seq,
        "bot_busy": busy,
        "queue": await _queue(session, facts, conversation) if conversation.owner == Owner.QUEUE else None,
        "csat": {"case_number": asked.case_number} if asked else None,
    }


async def _queue(session: AsyncSession, facts: Facts, conversation: Conversation) -> dict[str, Any] | None:
    handoff = await repository.unresolved_of(session, conversation.id)
    if handoff is None:
        return None
    moment = now()
    here = anyone_present(await agents.on_duty(session), handoff.skill_group, moment)
    closed = not here and not facts.human_hours.contains(moment)
    return {
        "position": position(handoff, await repository.waiting(session)),
        "on_duty": here,
        "opens_at": facts.human_hours.next_opening(moment).isoformat() if closed else None,
    }
