"""The desk as one ASGI application: routes, sockets, web parts, and what works beside them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import socketio
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline
from sqlalchemy import text
from starlette.types import ASGIApp

from desk.agents.api import router as agents
from desk.attachments.api import STREAMED
from desk.attachments.api import router as attachments
from desk.cases.api import router as cases
from desk.channels.guards import BodyLimit, Harden, PossiblePaths
from desk.channels.http import install_refusals
from desk.channels.hub import make_sockets
from desk.channels.internal import router as internal
from desk.channels.rest import router as rest
from desk.channels.user_api import router as user
from desk.errors import NotFound
from desk.handoffs.api import router as handoffs
from desk.parts import Parts, make_parts
from desk.settings import Settings


def make_app(settings: Settings) -> ASGIApp:
    """The whole desk; nothing is opened before the server's start-up."""
    return assemble(make_parts(settings))


def assemble(parts: Parts) -> ASGIApp:
    """Routes, sockets and pages around the parts."""
    settings = parts.settings
    # Its API page brings its own scripts: nothing is loaded from elsewhere.
    app = FastAPIOffline(
        title="Desk", summary="Conversations, cases, handoffs and agents.", version="1", lifespan=_lifespan(parts)
    )
    app.state.parts = parts
    install_refusals(app)
    app.add_middleware(PossiblePaths)
    app.add_middleware(BodyLimit, limit=settings.max_body_bytes, streamed=STREAMED)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.origins,
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["authorization", "content-type", "accept-language", "range"],
        expose_headers=["retry-after"],
    )
    app.add_middleware(Harden)  # the last one is outermost: refusals of the others are hardened too
    for router in (user, attachments, rest, agents, handoffs, cases, internal):
        app.include_router(router)
    _add_health(app, parts)
    _add_pages(app, settings.web_dir)
    return socketio.ASGIApp(make_sockets(parts), other_asgi_app=app)


def _lifespan(parts: Parts) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        parts.worker.start()
        parts.sweeper.start()
        yield
        await parts.close()

    return lifespan


def _add_health(app: FastAPI, parts: Parts) -> None:
    @app.get("/health", tags=["health"])
    async def health() -> dict[str, str]:
        """Ready: the process runs and its database answers."""
        async with parts.database.read() as session:
            await session.execute(text("SELECT 1"))
        return {"status": "ok"}


def _add_pages(app: FastAPI, web_dir: Path) -> None:
    widget, console = web_dir / "widget", web_dir / "console"
    app.mount("/widget", StaticFiles(directory=widget, check_dir=False), name="widget")
    app.mount("/console/assets", StaticFiles(directory=console / "assets", check_dir=False), name="console assets")

    @app.get("/", include_in_schema=False)
    async def front() -> FileResponse:
        return _page(widget / "index.html")

    @app.get("/console/{path:path}", include_in_schema=False)
    @app.get("/console", include_in_schema=False)
    async def console_page(path: str = "") -> FileResponse:
        """Every address of the console is one page; its own router finds the way."""
        wanted = (console / path).resolve()
        is_file = path and wanted.is_file() and wanted.is_relative_to(console.resolve())
        return FileResponse(wanted) if is_file else _page(console / "index.html")


def _page(path: Path) -> FileResponse:
    if not path.is_file():
        raise NotFound()
    return FileResponse(path, headers={"Cache-Control": "no-cache"})
