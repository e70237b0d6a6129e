"""Pictures are decoded and written anew: what is stored holds pixels and nothing else.

Places, names and thumbnails that cameras write along, colour profiles, comments, and whatever hides behind a
picture's end are left behind. This is the only file that opens foreign pictures.
"""

import logging
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, ImageSequence

from desk.errors import AttachmentBroken, AttachmentTooManyPixels, Refusal

log = logging.getLogger(__name__)
LONGEST_SIDE = 4096
# A frame costs time however small it is.
_LEAST_PIXELS_OF_A_FRAME = 25_000
_READ = ("JPEG", "PNG", "WEBP", "GIF")
# A JPEG may bring its pixels in many scans, each as costly as a picture; cameras and programs write ten.
_MOST_SCANS = 50
_SCAN = b"\xff\xda"
_ANIMATED = ("GIF", "WEBP")
_OPTIONS: dict[str, dict[str, Any]] = {"JPEG": {"quality": 90}, "WEBP": {"quality": 90}}

# They are refused by the desk's own limit.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)


@dataclass
class Picture:
    """Upright, plain frames (one, if nothing moves), and how they follow each other."""

    format: str
    frames: list[Image.Image] = field(default_factory=list)
    pauses: list[int] = field(default_factory=list)
    loop: int | None = None


def rewrite(source: Path, target: Path, limit: int) -> tuple[int, int]:
    """Write the picture anew; returns its width and height. AttachmentBroken, AttachmentTooManyPixels."""
    picture = _read(source, limit)
    first = picture.frames[0]
    first.save(target, picture.format, **_OPTIONS.get(picture.format, {}), **_animation(picture))
    return first.size


def _read(source: Path, limit: int) -> Picture:
    # Pillow's own guard as well: frames of a GIF may grow while they are read.
    Image.MAX_IMAGE_PIXELS = limit
    try:
        with Image.open(source, formats=_READ) as image:
            _check_scans(image.format, source)
            return _decoded(image, limit)
    except Refusal:
        raise
    except Image.DecompressionBombError:
        raise AttachmentTooManyPixels(limit=limit) from None
    except Exception as problem:  # foreign bytes make decoders fail in every way there is
        log.info("a picture could not be read: %r", problem)
        raise AttachmentBroken() from None


def _check_scans(form: str | None, source: Path) -> None:
    if form in ("JPEG", "MPO") and source.read_bytes().count(_SCAN) > _MOST_SCANS:
        raise AttachmentBroken()


def _decoded(image: Any, limit: int) -> Picture:
    """Frame by frame, each counted before it is decoded."""
    picture = Picture("JPEG" if image.format == "MPO" else image.format, loop=image.info.get("loop"))
    moves = image.format in _ANIMATED and getattr(image, "is_animated", False)
    left = limit
    for frame in ImageSequence.Iterator(image) if moves else [image]:
        left -= frame.width * frame.height
        if left < 0:
            raise AttachmentTooManyPixels(limit=limit)
        left -= max(0, _LEAST_PIXELS_OF_A_FRAME - frame.width * frame.height)
        # The sequence goes on from its own frame, so only a copy may be changed.
        plain = frame.copy() if moves else frame
        picture.frames.append(_plain(plain, picture.format))
        picture.pauses.append(frame.info.get("duration") or 100)
    return picture


def _plain(frame: Image.Image, form: str) -> Image.Image:
    """Not too large, the right way up, and without anything but pixels."""
    frame.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    ImageOps.exif_transpose(frame, in_place=True)
    frame.info = {key: value for key, value in frame.info.items() if key == "transparency"}
    if form == "JPEG" and frame.mode not in ("L", "RGB"):
        return frame.convert("RGB")
    frame.load()
    return frame


def _animation(picture: Picture) -> dict[str, Any]:
    if len(picture.frames) == 1:
        return {}
    options = {"save_all": True, "append_images": picture.frames[1:], "duration": picture.pauses}
    if picture.loop is not None:
        options["loop"] = picture.loop
    if picture.format == "GIF":
        # What is transparent in a frame must not show the frame before it.
        see_through = any(frame.has_transparency_data for frame in picture.frames)
        options["disposal"] = 2 if see_through else 1
    return options
