"""What a user may know of their conversation right now."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from desk.agents import repository as agents
from desk.agents.rules import anyone_present
from desk.clock import now
from desk.conversations.enums import Owner
from desk.errors import NotFound
from desk.facts import Facts
from desk.handoffs import repository
from desk.handoffs.rules import position


async def user_state(session: AsyncSession, facts: Facts, conversation_id: str) -> dict[str, Any]:
    """Owner, queue place and open CSAT request of a conversation (JSON-ready)."""
    seen = await repository.glance(session, conversation_id)
    if seen is None:
        raise NotFound()
    return {
        "conversation_id": seen.id,
        "owner": seen.owner,
        "agent_name": seen.agent_name,
        "epoch": seen.epoch,
        "last_seq": seen.last_seq,
        "bot_busy": seen.owner == Owner.BOT and seen.unfinished,
        "queue": await _queue(session, facts, conversation_id) if seen.owner == Owner.QUEUE else None,
        "csat": {"case_number": seen.csat_asked} if seen.csat_asked else None,
    }


async def _queue(session: AsyncSession, facts: Facts, conversation_id: str) -> dict[str, Any] | None:
    handoff = await repository.unresolved_of(session, conversation_id)
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
