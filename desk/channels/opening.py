"""Opening a case for an action: once for each idempotency key, its appeal filed on the way.

Three steps, so that no transaction waits for another system and a crash between any two is mended by the
action's next try: reserve a number under the key, file the appeal under that number, open the case.
"""

from typing import Any

from pydantic import Field
from sqlalchemy.exc import IntegrityError

from desk.accounts import service as accounts
from desk.attachments import service as attachments
from desk.cases import service as cases
from desk.cases.models import Case
from desk.cases.views import summary_view
from desk.channels.http import AttachmentId, Strict
from desk.conversations import service as conversations
from desk.database import Work
from desk.errors import AppealNotPossible
from desk.parts import Parts

# Attachments one action may file at once.
MOST_FILED = 20
_ANSWERED = ("number", "state", "topic", "topic_label", "priority", "skill_group", "due_at")


class NewCase(Strict):
    """What an action asks for; the desk decides priority and skill group."""

    conversation_id: str
    topic: str = Field(max_length=40)
    fields: dict[str, Any] = Field(default_factory=dict)
    douyin_id: str | None = Field(None, max_length=64)
    contact_phone: str | None = Field(None, max_length=32)
    penalty_id: str | None = Field(None, max_length=64)
    links: list[str] = Field(default_factory=list, max_length=9)
    attachments: list[AttachmentId] = Field(default_factory=list, max_length=MOST_FILED)


async def open_for_action(parts: Parts, wish: NewCase, key: str) -> dict[str, Any]:
    """The case's number, state, priority, skill group and due time."""
    number, answer = await _reserve(parts, wish, key)
    if answer:
        return answer
    trail: dict[str, Any] = {}
    if wish.penalty_id:
        trail = await _file_appeal(parts, wish, number)
    async with parts.database.write() as work:
        conversation = await conversations.hold(work, wish.conversation_id)
        remembered = await cases.recall(work, key, wish.model_dump())
        if remembered and "state" in remembered:
            return remembered  # a run of the same turn that overlapped with this one was first
        case = await _open(parts, work, wish, number, conversation.user_ref, trail)
        answer = {name: summary_view(case, conversation.locale)[name] for name in _ANSWERED}
        await cases.complete(work, key, answer)
    return answer


async def _reserve(parts: Parts, wish: NewCase, key: str) -> tuple[str, dict[str, Any] | None]:
    """The number this key stands for, and the whole answer if it was given before."""
    asked = wish.model_dump()
    try:
        async with parts.database.write() as work:
            await conversations.hold(work, wish.conversation_id)
            await attachments.check_sent(work, wish.conversation_id, wish.attachments)
            known = await cases.recall(work, key, asked)
            if known is None:
                known = {"number": await cases.free_number(work)}
                cases.remember(work, key, asked, known)
    except IntegrityError:
        async with parts.database.write() as work:
            known = await cases.recall(work, key, asked)
            if known is None:
                raise
    return known["number"], known if "state" in known else None


async def _file_appeal(parts: Parts, wish: NewCase, number: str) -> dict[str, Any]:
    """File the appeal of a penalty on an account that this conversation proved to be the user's."""
    found = await accounts.look_up_account(
        parts.database, parts.connector, wish.conversation_id, wish.douyin_id or "", None
    )
    penalties = found.account["penalties"] if found.account else []
    mine = [penalty for penalty in penalties if penalty["penalty_id"] == wish.penalty_id]
    if not mine:
        raise AppealNotPossible(why="penalty_not_found")
    reason = str(wish.fields.get("appeal_reason", ""))
    filed = await parts.connector.file_appeal(mine[0]["penalty_id"], number, reason)
    return {"appeal_id": filed.get("appeal_id"), "permanent": bool(mine[0].get("permanent"))}


async def _open(
    parts: Parts, work: Work, wish: NewCase, number: str, user_ref: str | None, trail: dict[str, Any]
) -> Case:
    fields = {**wish.fields, "penalty_permanent": trail["permanent"]} if trail else wish.fields
    case = await cases.open_case(
        work,
        parts.facts,
        number=number,
        conversation_id=wish.conversation_id,
        user_ref=user_ref,
        topic=wish.topic,
        fields=fields,
        douyin_id=wish.douyin_id,
        contact_phone=wish.contact_phone,
        penalty_id=wish.penalty_id,
        links=wish.links,
        attachments=wish.attachments,
    )
    if trail:
        cases.record(work, case, cases.BOT, "appeal_filed", appeal_id=trail["appeal_id"])
    return case
