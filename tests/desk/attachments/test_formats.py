"""What a file is, by its first bytes alone."""

import pytest

from desk.attachments.formats import ALLOWED, GIF, JPEG, MOV, MP4, PDF, PNG, WEBM, WEBP, format_of
from desk.errors import AttachmentEmpty, AttachmentTypeUnknown
from tests.desk.attachments.making import boxes, pdf, picture, webm

PAGE = b"<html><script>alert(1)</script></html>"


@pytest.mark.parametrize(
    ("content", "known"),
    [
        (picture("JPEG"), JPEG),
        (picture("PNG"), PNG),
        (picture("WEBP"), WEBP),
        (picture("GIF"), GIF),
        (pdf(), PDF),
        (webm(), WEBM),
        (boxes(b"qt  "), MOV),
        *((boxes(brand), MP4) for brand in (b"isom", b"iso2", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ")),
    ],
)
def test_the_eight_formats_are_known(content, known):
    assert format_of(content[:128]) is known


@pytest.mark.parametrize(
    "content",
    [
        PAGE,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        PAGE + pdf(),
        b"\n" + pdf(),
        b"\xef\xbb\xbf" + pdf(),
        b"%PDF-x",
        b" " + picture("JPEG"),
        PAGE + picture("PNG"),
        b"\0" * 4 + boxes(b"isom"),
        b"<scr" + boxes(b"isom")[4:],
        boxes(b"heic"),
        boxes(b"avif"),
        boxes(b"mif1"),
        boxes(b"M4A "),
        boxes(b"crx "),
        webm(b"matroska"),
        PAGE + webm(),
        b"GIF8",
        b"GIF90a=1;alert(1)",
        b"RIFF\0\0\0\0AVI LIST",
        b"RIFF\0\0\0\0WAVEfmt ",
        b"PK\3\4" + b"\0" * 60,
        b"MZ" + b"\0" * 60,
        b"\x7fELF" + b"\0" * 60,
        b"BM" + b"\0" * 60,
        b"II*\0" + b"\0" * 60,
        b"#!/bin/sh\n",
        b"\0" * 128,
        b"\xff\xd8",
        b"x",
    ],
)
def test_everything_else_is_refused_with_what_would_be_allowed(content):
    with pytest.raises(AttachmentTypeUnknown) as refused:
        format_of(content[:128])
    assert refused.value.details == {"allowed": ALLOWED} and len(ALLOWED) == 8


def test_nothing_is_called_empty():
    with pytest.raises(AttachmentEmpty):
        format_of(b"")
