"""What an attachment may be."""

from enum import StrEnum


class AttachmentKind(StrEnum):
    """How it is shown: as a picture, in a player, or by its name."""

    IMAGE = "image"
    VIDEO = "video"
    FILE = "file"
