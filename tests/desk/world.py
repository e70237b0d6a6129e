"""What most tests begin with: a conversation, an agent, a handoff, in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from desk.agents import repository as agent_rows
from desk.agents import service as agents
from desk.agents.enums import Role
from desk.agents.models import Agent
from desk.clock import now
from desk.conversations import repository
from desk.conversations import service as conversations
from desk.conversations.enums import TurnState
from desk.conversations.models import Conversation, Message, Turn
from desk.conversations.service import Draft
from desk.database import Base, Database
from desk.facts import Facts
from desk.handoffs import service as handoffs
from desk.handoffs.models import Handoff

PASSWORD = "correct horse"
# Hashing is slow on purpose; all agents of the tests share one hash.
_HASH = agents._hasher.hash(PASSWORD)


class World:
    """Makes rows through the desk's own services, and reads them back."""

    def __init__(self, database: Database, facts: Facts) -> None:
        self.database, self.facts = database, facts

    async def conversation(self, address: str = "address", **more: Any) -> str:
        more = {"locale": "zh", "channel": "widget", **more}
        async with self.database.write() as work:
            return (await conversations.open_conversation(work, address=address, **more)).id

    async def agent(self, login: str = "lin", name: str = "小林", on_duty: bool = True, **more: Any) -> Agent:
        more = {"role": Role.AGENT, "skill_groups": ["general", "penalty_appeal"], **more}
        agent = Agent(
            id=f"a_{login}", login=login, name=name, password_hash=_HASH, on_duty=on_duty, seen_at=now(), **more
        )
        async with self.database.write() as work:
            work.session.add(agent)
        return agent

    async def say(self, conversation_id: str, text: str = "我的号被封了", client_id: str | None = None) -> Message:
        """A user's text, as every channel takes it in."""
        return await self.send(conversation_id, Draft(client_id, text=text))

    async def send(self, conversation_id: str, draft: Draft, openings: Sequence[str] = ("/greet",)) -> Message:
        async with self.database.write() as work:
            return (await conversations.post_user_message(work, conversation_id, draft, openings))[0]

    async def offer(self, conversation_id: str, payload: str, title: str = "好的") -> None:
        async with self.database.write() as work:
            await repository.offer(work.session, conversation_id, payload, title)

    async def handoff(self, conversation_id: str | None = None, **request: Any) -> Handoff:
        """A conversation that waits for a person."""
        conversation_id = conversation_id or await self.conversation()
        request = {"reason": "user_request", **request}
        async with self.database.write() as work:
            conversation = await conversations.hold(work, conversation_id)
            return await handoffs.ask(work, self.facts, conversation, handoffs.Request(**request))

    async def claimed(self, agent: Agent, conversation_id: str | None = None, **request: Any) -> Conversation:
        """A conversation that the agent owns."""
        handoff = await self.handoff(conversation_id, **request)
        async with self.database.write() as work:
            return await handoffs.claim(work, handoff.id, agent)

    async def get(self, conversation_id: str) -> Conversation:
        async with self.database.read() as session:
            found = await repository.find(session, conversation_id)
        assert found is not None
        return found

    async def transcript(self, conversation_id: str) -> list[Message]:
        async with self.database.read() as session:
            return list(await repository.messages_after(session, conversation_id, 0))

    async def lines(self, conversation_id: str) -> list[tuple[str, str]]:
        """Who said what (a notice by its code)."""
        return [(line.author, line.code or line.text) for line in await self.transcript(conversation_id)]

    async def lines_text(self, conversation_id: str) -> list[str]:
        return [line.text for line in await self.transcript(conversation_id)]

    async def turns(self, conversation_id: str) -> list[TurnState]:
        return [turn.state for turn in await self.rows(Turn) if turn.conversation_id == conversation_id]

    async def rows(self, table: type[Base]) -> list[Any]:
        key = list(table.__table__.primary_key.columns)
        async with self.database.read() as session:
            return list((await session.scalars(select(table).order_by(*key))).all())

    async def count(self, table: type[Base]) -> int:
        async with self.database.read() as session:
            return await session.scalar(select(func.count()).select_from(table)) or 0

    async def age(self, table: type[Base], column: str, by: timedelta) -> None:
        """Let time pass for a table: its moments move into the past."""
        async with self.database.write() as work:
            for row in await work.session.scalars(select(table)):
                setattr(row, column, getattr(row, column) - by)

    async def seen_long_ago(self, agent: Agent) -> None:
        async with self.database.write() as work:
            stored = await agent_rows.find(work.session, agent.id)
            assert stored is not None
            stored.seen_at = now() - timedelta(minutes=10)
