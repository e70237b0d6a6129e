"""Which conversations and cases an agent may see: nobody sees what is not theirs."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

from desk.agents.enums import Role
from desk.agents.models import Agent
from desk.agents.rules import serves
from desk.attachments import service as attachments
from desk.attachments.models import Attachment
from desk.attachments.rules import agent_may_see
from desk.cases import repository as cases
from desk.cases.models import Case
from desk.conversations import repository as conversations
from desk.conversations.models import Conversation
from desk.errors import NotFound
from desk.handoffs import repository
from desk.handoffs.enums import HandoffState
from desk.handoffs.models import Handoff
from desk.handoffs.service import check_owner


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


async def visible_attachment(session: AsyncSession, agent: Agent, attachment_id: str) -> Attachment:
    """One of a conversation the agent may see, or filed under a case they may see; NotFound otherwise."""
    found = await attachments.find(session, attachment_id)
    handoff = await repository.latest_of(session, found.conversation_id)
    in_sight = handoff is not None and may_see_handoff(agent, handoff)
    if not in_sight:
        in_sight = any(may_see_case(agent, case) for case in await cases.with_attachment(session, found.id))
    if not in_sight or not agent_may_see(found, agent.id):
        raise NotFound()
    return found


async def own_conversation(session: AsyncSession, agent: Agent, conversation_id: str) -> Conversation:
    """The conversation that is this agent's now; NotOwner names whose it is, NotFound for who may not know."""
    conversation = await visible_conversation(session, agent, conversation_id, may_hear_of)
    await check_owner(session, conversation, agent, conversation.epoch)
    return conversation


async def visible_conversation(
    session: AsyncSession, agent: Agent, conversation_id: str, may: Callable[[Agent, Handoff], bool] = may_see_handoff
) -> Conversation:
    """The conversation; NotFound when there is none or it is not the agent's to see."""
    conversation = await conversations.find(session, conversation_id)
    handoff = await repository.latest_of(session, conversation_id)
    if conversation is None or handoff is None or not may(agent, handoff):
        raise NotFound()
    return conversation
