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
from desk.cases import follow_up
from desk.cases import service as cases
from desk.cases.enums import CaseState
from desk.cases.models import Case
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


# How a new case comes to each state.
_WAY: dict[CaseState, tuple[CaseState, ...]] = {
    CaseState.NEW: (),
    CaseState.OPEN: (CaseState.OPEN,),
    CaseState.WAITING: (CaseState.OPEN, CaseState.WAITING),
    CaseState.RESOLVED: (CaseState.OPEN, CaseState.RESOLVED),
    CaseState.CLOSED: (CaseState.OPEN, CaseState.RESOLVED, CaseState.CLOSED),
}


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
            return (await conversations.post_user_message(work, conversation_id, draft, openings)).message

    async def offer(self, conversation_id: str, payload: str, title: str = "好的") -> None:
        async with self.database.write() as work:
            await repository.offer(work.session, conversation_id, {payload: title})

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

    async def case(self, conversation_id: str | None = None, to: CaseState = CaseState.NEW, **more: Any) -> Case:
        """A case of a conversation's user, brought to a state without telling anybody."""
        conversation = await self.get(conversation_id or await self.conversation())
        more = {"topic": "ban_appeal", "fields": {}, "user_ref": conversation.user_ref, **more}
        async with self.database.write() as work:
            case = await cases.open_case(work, self.facts, conversation_id=conversation.id, **more)
            for state in _WAY[to]:
                cases.move(work, case, state, "lin")
        return case

    async def move(self, number: str, to: CaseState, **words: str) -> None:
        """What an agent does to a case, as the console asks for it."""
        async with self.database.write() as work:
            await follow_up.move(work, number, to, "lin", **words)

    async def reopen(self, conversation_id: str, number: str) -> bool:
        """What a user does to a case; whether it changed anything."""
        async with self.database.write() as work:
            conversation = await conversations.hold(work, conversation_id)
            case, changed = await follow_up.reopen(work, self.facts, conversation, number)
            if changed:
                await follow_up.tell_reopened(work, conversation, case)
        return changed

    async def case_of(self, conversation_id: str) -> str:
        """The number of the case that a conversation was handed over with."""
        numbers = {handoff.conversation_id: handoff.case_number for handoff in await self.rows(Handoff)}
        return numbers[conversation_id]

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

    async def codes(self, conversation_id: str) -> list[str | None]:
        return [line.code for line in await self.transcript(conversation_id)]

    async def last(self, conversation_id: str) -> Message:
        return (await self.transcript(conversation_id))[-1]

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

    async def unused_for(self, conversation_id: str, minutes: int) -> None:
        async with self.database.write() as work:
            (await conversations.hold(work, conversation_id)).updated_at -= timedelta(minutes=minutes)

    async def seen_long_ago(self, agent: Agent) -> None:
        async with self.database.write() as work:
            stored = await agent_rows.find(work.session, agent.id)
            assert stored is not None
            stored.seen_at = now() - timedelta(minutes=10)
