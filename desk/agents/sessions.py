"""Signed-in agents: from a cookie to the person, checked anew at every request."""

from datetime import timedelta

from fastapi import Request, Response

from desk.agents import repository, service
from desk.agents.models import Agent
from desk.errors import NotSignedIn, TokenExpired, TokenInvalid
from desk.parts import AGENT, Parts

COOKIE = "desk_agent"


async def agent_of_token(parts: Parts, token: str) -> Agent:
    """The active agent a token names; NotSignedIn otherwise."""
    try:
        agent_id = parts.tokens.read(AGENT, token)
    except (TokenInvalid, TokenExpired):
        raise NotSignedIn() from None
    async with parts.database.read() as session:
        agent = await repository.find(session, agent_id)
    if agent is None or not agent.active:
        raise NotSignedIn()
    return agent


async def signed_in(request: Request) -> Agent:
    """The agent who asks. A request is a sign of life."""
    parts: Parts = request.app.state.parts
    agent = await agent_of_token(parts, request.cookies.get(COOKIE, ""))
    if service.is_stale(agent):
        async with parts.database.write() as work:
            await service.mark_seen(work, agent.id)
    return agent


def set_cookie(parts: Parts, response: Response, agent: Agent) -> None:
    """Strict: no other site can make a signed-in browser act here."""
    lasts = timedelta(hours=parts.settings.agent_session_hours)
    token, _ = parts.tokens.issue(AGENT, agent.id, lasts)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(lasts.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=parts.settings.secure_cookies,
    )
