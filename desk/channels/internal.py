"""What the bot's actions may ask of the desk. Writes carry an idempotency key and happen once."""

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from pydantic import Field

from desk.accounts import service as accounts
from desk.attachments import service as attachments
from desk.cases import follow_up
from desk.cases import repository as case_rows
from desk.cases import service as cases
from desk.cases.rules import UNSETTLED
from desk.cases.views import progress_view
from desk.channels import opening
from desk.channels.http import AttachmentId, Strict, bearer, parts_of
from desk.channels.opening import MOST_FILED, NewCase
from desk.conversations import repository as conversations
from desk.conversations import service as conversation_service
from desk.errors import KeyWrong, NotFound, TokenInvalid


def _only_the_bot(request: Request) -> None:
    try:
        given = bearer(request)
    except TokenInvalid:
        raise KeyWrong() from None
    if not hmac.compare_digest(given.encode(), parts_of(request).settings.internal_key.encode()):
        raise KeyWrong()


router = APIRouter(prefix="/internal", tags=["internal"], dependencies=[Depends(_only_the_bot)])
Repeatable = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]
Once = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)]


class AccountLookup(Strict):
    conversation_id: str
    douyin_id: str = Field(min_length=1, max_length=64)
    phone: str | None = Field(None, max_length=40)


class CaseLookup(Strict):
    conversation_id: str
    number: str | None = Field(None, max_length=20)
    phone: str | None = Field(None, max_length=40)


class Reopening(Strict):
    conversation_id: str


class Material(Strict):
    conversation_id: str
    attachments: list[AttachmentId] = Field(min_length=1, max_length=MOST_FILED)


class NewRating(Strict):
    conversation_id: str
    satisfied: bool
    topic: str | None = Field(None, max_length=40)


@router.post("/account-lookups")
async def look_up_account(request: Request, wish: AccountLookup, key: Repeatable = None) -> dict[str, Any]:
    """An account's status and penalties, once it is proved to be the user's."""
    parts = parts_of(request)
    found = await accounts.look_up_account(
        parts.database, parts.connector, wish.conversation_id, wish.douyin_id, wish.phone, key
    )
    return {"result": found.result} | ({"account": found.account} if found.account else {})


@router.post("/cases", status_code=201)
async def open_case(request: Request, wish: NewCase, key: Once) -> dict[str, Any]:
    """Open a case, once for each key. With a penalty its appeal is filed with the account system."""
    return await opening.open_for_action(parts_of(request), wish, key)


@router.post("/cases/{number}/reopen")
async def reopen_case(request: Request, number: str, wish: Reopening, key: Once) -> dict[str, Any]:
    """Open a settled case again at its user's wish, once for each key. The bot tells them."""
    parts, asked = parts_of(request), {"reopen": number, **wish.model_dump()}
    async with parts.database.write() as work:
        conversation = await conversation_service.hold(work, wish.conversation_id)
        answer = await cases.recall(work, key, asked)
        if answer is None:
            case, _ = await follow_up.reopen(work, parts.facts, conversation, number)
            answer = {"number": case.number, "state": case.state}
            cases.remember(work, key, asked, answer)
    return answer


@router.post("/cases/{number}/attachments")
async def add_material(request: Request, number: str, wish: Material, key: Once) -> dict[str, Any]:
    """File what the user sent under an unsettled case of theirs, once for each key."""
    asked = {"number": number, **wish.model_dump()}
    async with parts_of(request).database.write() as work:
        conversation = await conversation_service.hold(work, wish.conversation_id)
        answer = await cases.recall(work, key, asked)
        if answer is None:
            case = await cases.hold_unsettled(work, number, conversation)
            await attachments.check_sent(work, conversation.id, wish.attachments)
            await cases.add_material(work, case, wish.attachments, cases.USER)
            answer = {"number": number, "state": case.state, "count": len(set(wish.attachments))}
            cases.remember(work, key, asked, answer)
    return answer


@router.post("/case-lookups")
async def look_up_cases(request: Request, wish: CaseLookup, key: Repeatable = None) -> dict[str, Any]:
    """Cases of the conversation, or another one against the phone registered for it."""
    parts = parts_of(request)
    found = await accounts.look_up_cases(parts.database, wish.conversation_id, wish.number, wish.phone, key)
    if found.result != "found":
        return {"result": found.result}
    async with parts.database.read() as session:
        conversation = await conversations.find(session, wish.conversation_id)
        locale = conversation.locale if conversation else "zh"
        views = [progress_view(case, await case_rows.last_event(session, case.number), locale) for case in found.cases]
    return {"result": "found", "cases": views}


@router.post("/ratings", status_code=204)
async def rate(request: Request, wish: NewRating, key: Once) -> None:
    """Store what a user said of an answer of the bot."""
    async with parts_of(request).database.write() as work:
        await conversation_service.hold(work, wish.conversation_id)
        if await cases.recall(work, key, wish.model_dump()) is None:
            cases.rate(work, wish.conversation_id, wish.satisfied, wish.topic)
            cases.remember(work, key, wish.model_dump(), {"stored": True})


@router.get("/conversations/{conversation_id}")
async def read_conversation(request: Request, conversation_id: str) -> dict[str, Any]:
    async with parts_of(request).database.read() as session:
        conversation = await conversations.find(session, conversation_id)
        if conversation is None:
            raise NotFound()
        own = await case_rows.of_conversation(session, conversation_id)
    return {
        "owner": conversation.owner,
        "open_cases": [case.number for case in own if case.state in UNSETTLED],
        "vouched_accounts": conversation.vouched_accounts,
    }
