"""How handoffs and conversations look to agents."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from desk.agents import repository as agents
from desk.cases import repository as cases
from desk.cases.service import full_view
from desk.cases.topics import topic_of
from desk.cases.views import labelled
from desk.conversations import repository as conversations
from desk.conversations.models import Conversation
from desk.conversations.views import message_view
from desk.handoffs import repository
from desk.handoffs.models import Handoff
from desk.masking import mask_all
from desk.words import say


async def handoff_view(session: AsyncSession, handoff: Handoff, locale: str) -> dict[str, Any]:
    """A handoff with its brief; phone numbers are masked."""
    name, topic = topic_of(handoff.topic)
    holder = await agents.find(session, handoff.agent_id) if handoff.agent_id else None
    return {
        "id": handoff.id,
        "conversation_id": handoff.conversation_id,
        "case_number": handoff.case_number,
        "reason": handoff.reason,
        "reason_label": say(locale, f"reason-{handoff.reason}"),
        "topic": name,
        "topic_label": topic.label(locale),
        "priority": handoff.priority,
        "skill_group": handoff.skill_group,
        "skill_group_label": say(locale, f"skill-{handoff.skill_group}"),
        "state": handoff.state,
        "waiting_since": handoff.waiting_since.isoformat(),
        "assigned_at": handoff.assigned_at.isoformat() if handoff.assigned_at else None,
        "agent_id": handoff.agent_id,
        "agent_name": holder.name if holder else None,
        "brief": {
            "topic": name,
            "topic_label": topic.label(locale),
            "slots": labelled(handoff.brief.get("slots", {}), locale),
            "lookups": mask_all(handoff.brief.get("lookups", [])),
            "failed_turns": handoff.brief.get("failed_turns", 0),
            "case_number": handoff.case_number,
        },
        "last_text": mask_all(await conversations.last_user_text(session, handoff.conversation_id)),
    }


async def conversation_view(session: AsyncSession, conversation: Conversation, locale: str) -> dict[str, Any]:
    """A conversation as an agent works on it: owner, brief, case, transcript."""
    holder = await agents.find(session, conversation.agent_id) if conversation.agent_id else None
    handoff = await repository.latest_of(session, conversation.id)
    case = await cases.find(session, handoff.case_number) if handoff else None
    return {
        "conversation_id": conversation.id,
        "owner": conversation.owner,
        "agent_id": conversation.agent_id,
        "agent_name": holder.name if holder else None,
        "epoch": conversation.epoch,
        "locale": conversation.locale,
        "handoff": await handoff_view(session, handoff, locale) if handoff else None,
        "case": await full_view(session, case, locale) if case else None,
        "messages": [message_view(message) for message in await _transcript(session, conversation)],
    }


async def _transcript(session: AsyncSession, conversation: Conversation, newest: int = 500) -> list[Any]:
    return list(await conversations.messages_after(session, conversation.id, conversation.last_seq - newest))
