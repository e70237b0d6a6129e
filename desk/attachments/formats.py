"""The eight formats an attachment may have, told by its first bytes: never by its name or a header.

Libraries for all formats of the world were tried and mistake some of these eight for others, or for nothing
(Matroska for WebM, half of the MP4 brands), so the signatures stand here.
"""

import re
from dataclasses import dataclass

from desk.attachments.enums import AttachmentKind
from desk.errors import AttachmentEmpty, AttachmentTypeUnknown

# Enough for the longest signature.
HEAD_BYTES = 128


@dataclass(frozen=True)
class Format:
    """A kind of file: how it is shown, served and called."""

    kind: AttachmentKind
    content_type: str
    extensions: tuple[str, ...]


JPEG = Format(AttachmentKind.IMAGE, "image/jpeg", (".jpg", ".jpeg"))
PNG = Format(AttachmentKind.IMAGE, "image/png", (".png",))
WEBP = Format(AttachmentKind.IMAGE, "image/webp", (".webp",))
GIF = Format(AttachmentKind.IMAGE, "image/gif", (".gif",))
MP4 = Format(AttachmentKind.VIDEO, "video/mp4", (".mp4", ".m4v"))
MOV = Format(AttachmentKind.VIDEO, "video/quicktime", (".mov",))
WEBM = Format(AttachmentKind.VIDEO, "video/webm", (".webm",))
PDF = Format(AttachmentKind.FILE, "application/pdf", (".pdf",))

_SIGNATURES = (
    (rb"\xff\xd8\xff", JPEG),
    (rb"\x89PNG\r\n\x1a\n", PNG),
    (rb"GIF8[79]a", GIF),
    (rb"RIFF....WEBPVP8", WEBP),
    # Still pictures and sound come in the same boxes as MP4, under brands of their own.
    (rb"\x00\x00..ftyp(?:isom|iso[2-9]|mp4[12]|avc1|M4V.|dash|MSNV)", MP4),
    (rb"\x00\x00..ftypqt  ", MOV),
    (rb"\x1a\x45\xdf\xa3.{1,80}?\x42\x82[\x84-\x88]webm", WEBM),
    # Readers take a PDF that begins later; what stands before it may be read as something else.
    (rb"%PDF-[12]\.", PDF),
)
ALLOWED = [known.content_type for _, known in _SIGNATURES]


def format_of(head: bytes) -> Format:
    """The format of a file that begins so; AttachmentTypeUnknown when it is none of ours."""
    if not head:
        raise AttachmentEmpty()
    for signature, known in _SIGNATURES:
        if re.match(signature, head, re.DOTALL):
            return known
    raise AttachmentTypeUnknown(allowed=ALLOWED)
