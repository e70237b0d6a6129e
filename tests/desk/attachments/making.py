"""Files to upload, made on the spot: pictures with what cameras write along, the beginnings of videos, tricks."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image, PngImagePlugin

# What must not survive. A real camera's place and owner would be just as readable.
SECRET = "SecretOwner-13800001111"
TURNED_RIGHT = 6  # the camera was held upright, its pixels lie on their side


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    to = io.BytesIO()
    image.save(to, form, **options)
    return to.getvalue()


def picture(form: str = "PNG", width: int = 30, height: int = 20, **options: Any) -> bytes:
    return encoded(Image.new("RGB", (width, height), (200, 30, 30)), form, **options)


def halves(width: int, height: int) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def exif(orientation: int = 1) -> bytes:
    """As a camera writes it: who, with what, where, and how it was held."""
    data = Image.Exif()
    data[ExifTags.Base.Orientation] = orientation
    data[ExifTags.Base.Artist] = SECRET
    data[ExifTags.Base.Model] = SECRET
    data.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (39.0, 54.0, 0.0)
    return data.tobytes()


def talkative(form: str) -> bytes:
    """A picture with everything a format lets one write beside its pixels."""
    secret = SECRET.encode()
    options: dict[str, Any] = {"exif": exif(), "icc_profile": secret * 8, "xmp": b"<x:xmpmeta>" + secret}
    if form == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", SECRET)
        texts.add_itxt("XML:com.adobe.xmp", SECRET, zip=False)
        options["pnginfo"] = texts
        del options["xmp"]
    if form in ("JPEG", "GIF"):
        options["comment"] = secret
    return picture(form, **options) + secret


def moving(form: str, frames: int = 5, size: tuple[int, int] = (40, 30)) -> bytes:
    """Each frame in a colour of its own."""
    images = [Image.new("RGB", size, (40 * n % 256, 99, 255 - n % 256)) for n in range(frames)]
    return encoded(images[0], form, save_all=True, append_images=images[1:], duration=[80] * frames, loop=0)


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that unpack to a wall."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def gif_that_grows(width: int, height: int) -> bytes:
    """A small picture whose second frame claims to be a wall, to be wiped away."""
    small = gif_of_many(1, canvas=10)[:-1]
    wiped = b"\x21\xf9\x04\x08\x02\0\0\0"
    wall = b"\x2c" + struct.pack("<HHHH", 0, 0, width, height) + b"\0\x02\x02\x44\x01\0"
    return small + (wiped + wall) * 2 + b";"


def gif_of_many(frames: int, canvas: int = 1) -> bytes:
    """Frames of one pixel each, by the thousand."""
    head = b"GIF89a" + struct.pack("<HH", canvas, canvas) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    frame = b"\x21\xf9\x04\0\x02\0\0\0" + b"\x2c" + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\x02\x02\x44\x01\0"
    return head + frame * frames + b";"


def jpeg_of_many_scans(scans: int) -> bytes:
    """The same pixels over and over: small to send, slow to read."""
    plain = picture("JPEG", 64, 64, progressive=True)
    last = plain.rindex(b"\xff\xda")
    return plain[:-2] + plain[last:-2] * scans + b"\xff\xd9"


def boxes(brand: bytes, size: int = 600) -> bytes:
    """The beginning of a file in MP4's boxes."""
    return (struct.pack(">I", 20) + b"ftyp" + brand + b"\0\0\2\0" + brand).ljust(size, b"\0")


def webm(kind: bytes = b"webm", size: int = 600) -> bytes:
    inner = bytes.fromhex("42868101 42f78101 42f28104 42f38108".replace(" ", ""))
    inner += b"\x42\x82" + bytes([0x80 | len(kind)]) + kind + bytes.fromhex("4287810442858102")
    return (b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(inner)]) + inner).ljust(size, b"\0")


def pdf(size: int = 600) -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n".ljust(size, b" ") + b"\n%%EOF"


def read(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))
