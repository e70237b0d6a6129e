"""HTTP for users and agents about attachments: send the bytes, take them back, see them."""

import re
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse
from starlette.requests import ClientDisconnect

from desk.agents.api import Me
from desk.attachments import service
from desk.attachments.enums import AttachmentKind
from desk.attachments.intake import Upload, take_in
from desk.attachments.models import Attachment
from desk.attachments.rules import user_may_see
from desk.attachments.views import attachment_view
from desk.channels.http import Mine, bearer, parts_of
from desk.errors import AttachmentBroken, NotFound, TokenExpired, TokenInvalid, TooManyUploads
from desk.handoffs.access import own_conversation, visible_attachment
from desk.parts import SESSION, TICKET, Parts

# Bodies of these are counted while they stream in, by a limit of their own.
STREAMED = re.compile(r"/api/attachments|/api/agent/conversations/[^/]+/attachments")
router = APIRouter(prefix="/api", tags=["attachments"])
_BYTES = {"requestBody": {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}
Name = Annotated[str, Query(description="What the file is called; its type is told by its content.")]


@router.post("/attachments", status_code=201, openapi_extra=_BYTES)
async def upload(request: Request, conversation_id: Mine, name: Name = "") -> dict[str, Any]:
    """Upload a picture, video or PDF (the body is its bytes), to be sent with a message."""
    return await _take_in(request, conversation_id, Upload(conversation_id, name, _body(request), _told(request)))


@router.delete("/attachments/{attachment_id}", status_code=204)
async def take_back(request: Request, conversation_id: Mine, attachment_id: str) -> None:
    """Take back what was uploaded and not sent."""
    parts = parts_of(request)
    async with parts.database.write() as work:
        await service.take_back(work, conversation_id, attachment_id)
    await parts.uploads.remove(attachment_id)


@router.get("/attachments/{attachment_id}")
async def read(request: Request, attachment_id: str, ticket: str | None = None) -> FileResponse:
    """The bytes, to the session of its conversation, or to whoever holds a ticket for this one; else 404."""
    parts = parts_of(request)
    async with parts.database.read() as session:
        found = await service.find(session, attachment_id)
    if ticket is not None:
        allowed = _opens(parts, TICKET, ticket) == found.id
    else:
        allowed = user_may_see(found, _opens(parts, SESSION, _token(request)))
    if not allowed:
        raise NotFound()
    return _serve(parts, found, embeddable=ticket is not None)


@router.post("/agent/conversations/{conversation_id}/attachments", status_code=201, openapi_extra=_BYTES)
async def upload_as_agent(request: Request, agent: Me, conversation_id: str, name: Name = "") -> dict[str, Any]:
    """Upload what an agent wants to send in a conversation that is theirs now."""
    async with parts_of(request).database.read() as session:
        await own_conversation(session, agent, conversation_id)
    upload = Upload(conversation_id, name, _body(request), _told(request), agent.id)
    return await _take_in(request, agent.id, upload)


@router.get("/agent/attachments/{attachment_id}")
async def read_as_agent(request: Request, agent: Me, attachment_id: str) -> FileResponse:
    """The bytes, to whoever may see the conversation, or a case it is filed under."""
    async with parts_of(request).database.read() as session:
        found = await visible_attachment(session, agent, attachment_id)
    return _serve(parts_of(request), found)


async def _take_in(request: Request, who: str, upload: Upload) -> dict[str, Any]:
    parts = parts_of(request)
    await parts.limiter.hit("upload", who, parts.settings.uploads_per_minute, TooManyUploads)
    room = parts.settings.attachments_per_conversation_bytes
    return attachment_view(await take_in(parts.database, parts.uploads, room, upload))


async def _body(request: Request) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect:
        raise AttachmentBroken() from None


def _told(request: Request) -> int | None:
    """How long the body says it is."""
    told = request.headers.get("content-length", "")
    return int(told) if told.isdecimal() else None


def _token(request: Request) -> str:
    try:
        return bearer(request)
    except TokenInvalid:
        raise NotFound() from None


def _opens(parts: Parts, kind: str, token: str) -> str:
    """What a token names; whoever holds none learns nothing, not even that there is something."""
    try:
        return parts.tokens.read(kind, token)
    except (TokenInvalid, TokenExpired):
        raise NotFound() from None


def _serve(parts: Parts, attachment: Attachment, embeddable: bool = False) -> FileResponse:
    """Bytes that a browser shows or saves, and never runs."""
    path = parts.uploads.path(attachment.id)
    if not path.is_file():
        raise NotFound()
    return FileResponse(
        path,
        media_type=attachment.content_type,
        filename=attachment.name,
        content_disposition_type="attachment" if attachment.kind == AttachmentKind.FILE else "inline",
        headers={
            "Cache-Control": "private, max-age=3600",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "cross-origin" if embeddable else "same-origin",
            "Vary": "Authorization, Cookie",
        },
    )
