"""Which conversations and cases an agent may see: nobody sees what is not theirs."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

from desk.agents.enums import Role
from desk.agents.models import Agent
from desk.agents.rules import serves
from desk.cases.models import Case
from desk.conversations import repository as conversations
from desk.conversations.models import Conversation
from desk.errors import NotFound
from desk.handoffs import repository
from desk.handoffs.enums import HandoffState
from desk.handoffs.models import Handoff


def may_see_handoff(agent: Agent, handoff: Handoff) -> bool:
    """Waiting ones of the agent's skill groups, and whatever was ever the agent's own."""
    if agent.role == Role.SUPERVISOR or handoff.agent_id == agent.id:
        return True
    return handoff.state == HandoffState.WAITING and serves(agent, handoff.skill_group)


def may_hear_of(agent: Agent, handoff: Handoff) -> bool:
    """Whoever lost a conversation by a moment may hear who has it, but not what is said there."""
    return handoff.agent_id == agent.id or serves(agent, handoff.skill_group)


def may_see_case(agent: Agent, case: Case) -> bool:
    return case.agent_id == agent.id or serves(agent, case.skill_group)


async def visible_conversation(
    session: AsyncSession, agent: Agent, conversation_id: str, may: Callable[[Agent, Handoff], bool] = may_see_handoff
) -> Conversation:
    """The conversation; NotFound when there is none or it is not the agent's to see."""
    conversation = await conversations.find(session, conversation_id)
    handoff = await repository.latest_of(session, conversation_id)
    if conversation is None or handoff is None or not may(agent, handoff):
        raise NotFound()
    return conversation
