"""HTTP for agents about conversations: queue, claim, write, release, resolve."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from desk.agents.api import Me
from desk.agents.models import Agent
from desk.channels.http import AttachmentId, Strict, locale_of, parts_of
from desk.conversations import repository as conversations
from desk.conversations.models import Conversation
from desk.conversations.rules import MOST_ATTACHMENTS
from desk.conversations.views import message_view
from desk.errors import NotFound
from desk.handoffs import repository, service
from desk.handoffs.access import may_hear_of, may_see_handoff, visible_conversation
from desk.handoffs.rules import in_order
from desk.handoffs.views import conversation_view, handoff_view

router = APIRouter(prefix="/api/agent", tags=["handoffs"])


class AgentMessage(Strict):
    client_id: str = Field(min_length=1, max_length=64)
    epoch: int
    text: str | None = None
    attachments: list[AttachmentId] = Field(default_factory=list, max_length=MOST_ATTACHMENTS)


class Resolution(Strict):
    epoch: int
    note: str = Field("", max_length=2000)


class Epoch(Strict):
    epoch: int


@router.get("/queue")
async def queue(request: Request, agent: Me) -> dict[str, Any]:
    """Waiting handoffs of the agent's skill groups, in the order they should be taken."""
    async with parts_of(request).database.read() as session:
        mine = [handoff for handoff in await repository.waiting(session) if may_see_handoff(agent, handoff)]
        views = [await handoff_view(session, handoff, locale_of(request)) for handoff in in_order(mine)]
    return {"handoffs": views}


@router.get("/conversations")
async def my_conversations(request: Request, agent: Me) -> dict[str, Any]:
    async with parts_of(request).database.read() as session:
        rows = []
        for handoff in await repository.assigned_to(session, agent.id):
            conversation = await conversations.find(session, handoff.conversation_id)
            last = await conversations.last_message(session, handoff.conversation_id)
            rows.append(
                {
                    "conversation_id": handoff.conversation_id,
                    "handoff": await handoff_view(session, handoff, locale_of(request)),
                    "last_message": message_view(last) if last else None,
                    "epoch": conversation.epoch if conversation else None,
                }
            )
    return {"conversations": rows}


@router.post("/handoffs/{handoff_id}/claim")
async def claim(request: Request, agent: Me, handoff_id: str) -> dict[str, Any]:
    """Take a waiting conversation; 409 names whoever was first."""
    parts = parts_of(request)
    async with parts.database.read() as session:
        handoff = await repository.find(session, handoff_id)
        if handoff is None or not may_hear_of(agent, handoff):
            raise NotFound()
    async with parts.database.write() as work:
        conversation = await service.claim(work, handoff_id, agent)
    return await _view(request, conversation.id)


@router.get("/conversations/{conversation_id}")
async def read(request: Request, agent: Me, conversation_id: str) -> dict[str, Any]:
    await _visible(request, agent, conversation_id)
    return await _view(request, conversation_id)


@router.get("/conversations/{conversation_id}/messages")
async def read_messages(
    request: Request, agent: Me, conversation_id: str, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> dict[str, Any]:
    conversation = await _visible(request, agent, conversation_id)
    async with parts_of(request).database.read() as session:
        messages = await conversations.messages_after(session, conversation_id, after)
    return {
        "messages": [message_view(message) for message in messages],
        "owner": conversation.owner,
        "epoch": conversation.epoch,
    }


@router.post("/conversations/{conversation_id}/messages", status_code=201)
async def write(
    request: Request, response: Response, agent: Me, conversation_id: str, sent: AgentMessage
) -> dict[str, Any]:
    """Say something to the user; refused with an old epoch, naming who has the conversation."""
    await _audible(request, agent, conversation_id)
    async with parts_of(request).database.write() as work:
        draft = service.AgentDraft(**sent.model_dump())
        message, is_new = await service.write_as_agent(work, conversation_id, agent, draft)
    if not is_new:
        response.status_code = 200
    return message_view(message)


@router.post("/conversations/{conversation_id}/resolve")
async def resolve(request: Request, agent: Me, conversation_id: str, given: Resolution) -> dict[str, Any]:
    """End the handoff: case resolved, CSAT asked once, the bot goes on."""
    await _audible(request, agent, conversation_id)
    async with parts_of(request).database.write() as work:
        await service.resolve(work, conversation_id, agent, given.epoch, given.note)
    return await _view(request, conversation_id)


@router.post("/conversations/{conversation_id}/release")
async def release(request: Request, agent: Me, conversation_id: str, given: Epoch) -> dict[str, Any]:
    """Put the conversation back into the queue."""
    await _audible(request, agent, conversation_id)
    async with parts_of(request).database.write() as work:
        await service.release(work, conversation_id, agent, given.epoch)
    return await _view(request, conversation_id)


async def _visible(request: Request, agent: Agent, conversation_id: str) -> Conversation:
    async with parts_of(request).database.read() as session:
        return await visible_conversation(session, agent, conversation_id)


async def _audible(request: Request, agent: Agent, conversation_id: str) -> None:
    """Before a write: whether it is refused, and who is named, is decided with the conversation held."""
    async with parts_of(request).database.read() as session:
        await visible_conversation(session, agent, conversation_id, may_hear_of)


async def _view(request: Request, conversation_id: str) -> dict[str, Any]:
    async with parts_of(request).database.read() as session:
        conversation = await conversations.find(session, conversation_id)
        assert conversation is not None  # conversations are never deleted while agents look at them
        return await conversation_view(session, conversation, locale_of(request))
