"""Attachments between upload and case: sending them, taking them back, naming them for a case."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from desk.attachments import repository
from desk.attachments.models import Attachment
from desk.conversations.enums import Author
from desk.database import Work
from desk.errors import AttachmentNotYours, NotFound


async def unsent(work: Work, conversation_id: str, ids: Sequence[str], agent_id: str | None = None) -> list[Attachment]:
    """What the user, or this agent, uploaded to be sent now; AttachmentNotYours if any is not so."""
    found = await _held(work, conversation_id, ids)
    if any(not _is_from(each, agent_id) or each.message_id for each in found):
        raise AttachmentNotYours()
    return found


async def check_sent(work: Work, conversation_id: str, ids: Sequence[str]) -> None:
    """Only what its user sent in a conversation is material for a case; AttachmentNotYours otherwise."""
    found = await _held(work, conversation_id, ids)
    if any(each.author != Author.USER or not each.message_id for each in found):
        raise AttachmentNotYours()


async def _held(work: Work, conversation_id: str, ids: Sequence[str]) -> list[Attachment]:
    """All of these, in the order they were named."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    rows = {row.id: row for row in await repository.lock(work.session, conversation_id, wanted)}
    if len(rows) < len(wanted):
        raise AttachmentNotYours()
    return [rows[each] for each in wanted]


def _is_from(attachment: Attachment, agent_id: str | None) -> bool:
    if agent_id is None:
        return attachment.author == Author.USER
    return attachment.author == Author.AGENT and attachment.agent_id == agent_id


def send_with(message_id: str, attachments: Sequence[Attachment]) -> None:
    """From now on they belong to this message."""
    for attachment in attachments:
        attachment.message_id = message_id


async def take_back(work: Work, conversation_id: str, attachment_id: str) -> None:
    """Forget an upload of the user's that was not sent; NotFound otherwise."""
    try:
        (attachment,) = await unsent(work, conversation_id, [attachment_id])
    except AttachmentNotYours:
        raise NotFound() from None
    await work.session.delete(attachment)


async def find(session: AsyncSession, attachment_id: str) -> Attachment:
    found = await repository.find(session, attachment_id)
    if found is None:
        raise NotFound()
    return found
