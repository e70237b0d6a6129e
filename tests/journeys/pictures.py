"""Pictures as users take them, made on the spot."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

GPS_TAGS = 0x8825
MAKE, LATITUDE = 0x010F, 2


def screenshot(shade: int = 90) -> bytes:
    """A JPEG of a phone's size that tells where and with what it was taken."""
    picture = Image.new("RGB", (360, 780), (shade, 120, 160))
    exif = picture.getexif()
    exif[MAKE] = "Fictional Phones"
    exif.get_ifd(GPS_TAGS)[LATITUDE] = (31.0, 14.0, 0.0)
    told = BytesIO()
    picture.save(told, "JPEG", exif=exif)
    return told.getvalue()


def is_clean_picture(content: bytes) -> bool:
    """Whether it can be looked at and tells nothing beside what it shows."""
    picture = Image.open(BytesIO(content))
    picture.load()
    return not picture.getexif() and b"Fictional" not in content
