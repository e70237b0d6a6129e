"""Taking in an upload: received and checked first, then named, then written down."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from desk.attachments import repository
from desk.attachments.models import Attachment
from desk.attachments.rules import has_room, shown_name
from desk.attachments.uploads import Received, Uploads
from desk.clock import now
from desk.conversations import service as conversations
from desk.conversations.enums import Author
from desk.database import Database, Work
from desk.errors import AttachmentsFull
from desk.ids import new_id


@dataclass(frozen=True)
class Upload:
    """Bytes on their way in: from whom, for which conversation, and how they say they are called and how long."""

    conversation_id: str
    name: str
    chunks: AsyncIterator[bytes]
    told: int | None = None
    agent_id: str | None = None


async def take_in(database: Database, uploads: Uploads, room: int, upload: Upload) -> Attachment:
    """Keep an upload, if its conversation has room for it; when this returns, it is on disk and written down."""
    async with database.read() as session:
        used = await repository.bytes_of(session, upload.conversation_id)
    _must_fit(used, upload.told or 1, room)
    async with uploads.receive(upload.chunks, upload.told) as received, database.write() as work:
        # Held, so that two at once do not both take the last room.
        await conversations.hold(work, upload.conversation_id)
        _must_fit(await repository.bytes_of(work.session, upload.conversation_id), received.size, room)
        attachment = _row(upload, received)
        await uploads.keep(received, attachment.id)
        await _write_down(work, attachment)
    return attachment


def _must_fit(used: int, size: int, room: int) -> None:
    if not has_room(used, size, room):
        raise AttachmentsFull(limit=room)


def _row(upload: Upload, received: Received) -> Attachment:
    kind = received.format.kind
    return Attachment(
        id=new_id("f"),
        conversation_id=upload.conversation_id,
        author=Author.AGENT if upload.agent_id else Author.USER,
        agent_id=upload.agent_id,
        kind=kind,
        name=shown_name(upload.name, received.format.extensions, otherwise=kind),
        content_type=received.format.content_type,
        size=received.size,
        width=received.width,
        height=received.height,
        created_at=now(),
    )


async def _write_down(work: Work, attachment: Attachment) -> None:
    work.session.add(attachment)
    await work.session.flush()
