"""HTTP for the widget: session, messages, state, CSAT."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from desk.cases import follow_up
from desk.cases import service as cases
from desk.channels import intake
from desk.channels.http import AttachmentId, Mine, Strict, address_of, locale_of, parts_of
from desk.conversations import service as conversations
from desk.conversations.rules import MOST_ATTACHMENTS
from desk.conversations.service import Draft
from desk.conversations.views import message_view, receipt_view
from desk.errors import InvalidField
from desk.news import StateChanged
from desk.tokens import read_identity
from desk.words import pick_locale

router = APIRouter(prefix="/api", tags=["user"])


class SessionWish(Strict):
    locale: str | None = Field(None, max_length=20)
    token: str | None = Field(None, max_length=2000)
    identity: str | None = Field(None, max_length=4000)


class UserMessage(Strict):
    client_id: str = Field(min_length=1, max_length=64)
    text: str | None = None
    payload: str | None = None
    title: str | None = None
    attachments: list[AttachmentId] = Field(default_factory=list, max_length=MOST_ATTACHMENTS)

    def draft(self) -> Draft:
        """Text, attachments or both, or a payload alone; anything else is refused."""
        says_something = self.text is not None or bool(self.attachments)
        if says_something == (self.payload is not None):
            raise InvalidField(field="text")
        return Draft(self.client_id, text=self.text, payload=self.payload, attachments=self.attachments)


class CsatAnswer(Strict):
    case_number: str = Field(max_length=20)
    score: int = Field(ge=1, le=5)
    comment: str = Field("", max_length=500)


class Reopening(Strict):
    """Nothing needs to be said; the case stands in the address."""


@router.post("/session", status_code=201)
async def open_session(request: Request, wish: SessionWish) -> dict[str, Any]:
    """Begin or renew a session. An unknown, forged or expired token is answered with a fresh conversation."""
    parts = parts_of(request)
    identity = read_identity(wish.identity, parts.settings.identity_key) if wish.identity else None
    locale = pick_locale(wish.locale) if wish.locale else locale_of(request)
    visitor = intake.Visitor(locale, address_of(request), identity)
    conversation = await intake.begin(parts, visitor, "widget", wish.token)
    token, expires = parts.session_token(conversation.id)
    return {
        "conversation_id": conversation.id,
        "token": token,
        "expires_at": datetime.fromtimestamp(expires, UTC).isoformat(),
        "state": await intake.read_state(parts, conversation.id),
    }


@router.get("/conversation")
async def read_conversation(request: Request, conversation_id: Mine) -> dict[str, Any]:
    return await intake.read_state(parts_of(request), conversation_id)


@router.get("/messages")
async def read_messages(
    request: Request, conversation_id: Mine, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> dict[str, Any]:
    """What came after the last sequence number the client has (500 messages at most)."""
    parts = parts_of(request)
    messages = await intake.read_messages(parts, conversation_id, after)
    return {
        "messages": [message_view(message) for message in messages],
        "state": await intake.read_state(parts, conversation_id),
    }


@router.post("/messages", status_code=201)
async def post_message(
    request: Request, conversation_id: Mine, sent: UserMessage, response: Response
) -> dict[str, Any]:
    """Store a message. The answer means it is on disk; a resend gets the first answer again, with 200."""
    message, is_new = await intake.take_in(parts_of(request), conversation_id, sent.draft())
    if not is_new:
        response.status_code = 200
    return receipt_view(message)


@router.post("/csat", status_code=204)
async def give_csat(request: Request, conversation_id: Mine, answer: CsatAnswer) -> None:
    """Rate a case once, 1 to 5."""
    async with parts_of(request).database.write() as work:
        await cases.give_csat(work, conversation_id, answer.case_number, answer.score, answer.comment)
        work.tell(StateChanged(conversation_id))


@router.post("/cases/{number}/reopen")
async def reopen_case(
    request: Request, conversation_id: Mine, number: str, _wish: Reopening | None = None
) -> dict[str, Any]:
    """Open a settled case of the user's again; an unsettled one is answered as it is."""
    parts = parts_of(request)
    async with parts.database.write() as work:
        conversation = await conversations.hold(work, conversation_id)
        case, changed = await follow_up.reopen(work, parts.facts, conversation, number)
        if changed:
            await follow_up.tell_reopened(work, conversation, case)
    return {"number": case.number, "state": case.state}
