"""HTTP for agents about themselves: sign in, sign out, duty."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from desk.agents import service
from desk.agents.models import Agent
from desk.agents.sessions import COOKIE, set_cookie, signed_in
from desk.channels.http import Strict, address_of, parts_of

router = APIRouter(prefix="/api/agent", tags=["agents"])
Me = Annotated[Agent, Depends(signed_in)]
_SIGN_INS_PER_MINUTE = 10


class Credentials(Strict):
    login: str = Field(max_length=80)
    password: str = Field(max_length=200)


class Duty(Strict):
    on_duty: bool


@router.post("/session")
async def sign_in(request: Request, response: Response, given: Credentials) -> dict[str, Any]:
    parts = parts_of(request)
    await parts.limiter.hit("sign-in", f"{address_of(request)}:{given.login}", _SIGN_INS_PER_MINUTE)
    agent = await service.sign_in(parts.database, given.login, given.password)
    set_cookie(parts, response, agent)
    return service.agent_view(agent)


@router.delete("/session", status_code=204)
async def sign_out(response: Response) -> None:
    response.delete_cookie(COOKIE)


@router.get("/me")
async def me(agent: Me) -> dict[str, Any]:
    return service.agent_view(agent)


@router.patch("/me")
async def set_duty(request: Request, agent: Me, duty: Duty) -> dict[str, Any]:
    async with parts_of(request).database.write() as work:
        changed = await service.set_duty(work, agent.id, duty.on_duty)
    return service.agent_view(changed)
