"""HTTP for agents about cases: list, read, move."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import Field

from desk.agents.api import Me
from desk.agents.enums import Role
from desk.agents.models import Agent
from desk.cases import follow_up, repository
from desk.cases.enums import CaseState
from desk.cases.models import Case
from desk.cases.service import full_view
from desk.cases.views import summary_view
from desk.channels.http import Strict, locale_of, parts_of
from desk.errors import InvalidField, NotFound
from desk.handoffs.access import may_see_case

router = APIRouter(prefix="/api/agent/cases", tags=["cases"])


class Transition(Strict):
    to: str = Field(max_length=20)
    note: str = Field("", max_length=2000)
    # Said to the user; the note stays among agents.
    tell: str | None = Field(None, max_length=500)


@router.get("")
async def cases(request: Request, agent: Me, state: CaseState | None = None, mine: bool = False) -> dict[str, Any]:
    """The newest 200 cases that are the agent's own or of their skill groups."""
    groups = None if agent.role == Role.SUPERVISOR else agent.skill_groups
    async with parts_of(request).database.read() as session:
        found = await repository.listed(session, state, agent.id, mine, groups)
    return {"cases": [summary_view(case, locale_of(request)) for case in found]}


@router.get("/{number}")
async def read(request: Request, agent: Me, number: str) -> dict[str, Any]:
    return await _view(request, agent, number)


@router.post("/{number}/transitions")
async def move(request: Request, agent: Me, number: str, wish: Transition) -> dict[str, Any]:
    """Change a case's state and tell its user; 409 names what would be allowed."""
    await _view(request, agent, number)
    if wish.to not in list(CaseState):
        raise InvalidField(field="to")
    async with parts_of(request).database.write() as work:
        await follow_up.move(work, number, CaseState(wish.to), agent.login, wish.note, wish.tell or "")
    return await _view(request, agent, number)


async def _view(request: Request, agent: Agent, number: str) -> dict[str, Any]:
    async with parts_of(request).database.read() as session:
        case: Case | None = await repository.find(session, number)
        if case is None or not may_see_case(agent, case):
            raise NotFound()
        return await full_view(session, case, locale_of(request))
