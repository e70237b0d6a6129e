"""Pictures are written anew: upright, not too large, and with nothing in them but pixels."""

import resource

import pytest
from PIL import Image

from desk.attachments import pictures
from desk.errors import AttachmentBroken, AttachmentTooManyPixels
from tests.desk.attachments.making import (
    SECRET,
    TURNED_RIGHT,
    encoded,
    exif,
    gif_of_many,
    gif_that_grows,
    halves,
    jpeg_of_many_scans,
    moving,
    picture,
    png_that_claims,
    read,
    talkative,
)

FORMS = ("JPEG", "PNG", "WEBP", "GIF")
LIMIT = 50_000_000
PAGE = b"<html><script>alert(1)</script></html>"


@pytest.fixture
def rewrite(tmp_path):
    """The bytes a picture is stored as."""

    def rewritten(content: bytes, limit: int = LIMIT) -> bytes:
        source, target = tmp_path / "source", tmp_path / "target"
        source.write_bytes(content)
        size = pictures.rewrite(source, target, limit)
        stored = target.read_bytes()
        assert read(stored).size == size
        return stored

    return rewritten


@pytest.mark.parametrize("form", FORMS)
def test_nothing_but_pixels_is_stored(rewrite, form):
    given = talkative(form)
    assert SECRET.encode() in given
    stored = rewrite(given)
    for word in (SECRET.encode(), b"Exif", b"eXIf", b"EXIF", b"ICC", b"iCCP", b"xmp", b"XMP ", b"tEXt", b"iTXt"):
        assert word not in stored
    assert not read(stored).getexif() and read(stored).format == form


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("tail", [PAGE, b"PK\x03\x04archive", b"*/=1;alert(1)//"], ids=["page", "archive", "script"])
def test_what_hides_behind_a_picture_is_gone(rewrite, form, tail):
    assert tail not in rewrite(picture(form) + tail)


def test_a_script_inside_a_picture_is_gone(rewrite):
    """`GIF89a/*…*/=1;alert(1)` is both, if its size is chosen well; so is a JPEG with a comment."""
    assert b"alert(1)" not in rewrite(picture("GIF", comment=b"*/=1;alert(1)//"))
    assert b"alert(1)" not in rewrite(picture("JPEG", comment=b"*/=1;alert(1)//"))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_upright_stands_upright(rewrite, form):
    stored = read(rewrite(encoded(halves(60, 40), form, exif=exif(TURNED_RIGHT)))).convert("RGB")
    assert stored.size == (40, 60)
    top, bottom = stored.getpixel((20, 10)), stored.getpixel((20, 50))
    assert top[0] > 200 > 60 > top[2] and bottom[2] > 200 > 60 > bottom[0]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_to_hold_a_camera_is_known(rewrite, orientation):
    stored = read(rewrite(encoded(halves(60, 40), "PNG", exif=exif(orientation))))
    assert stored.size == ((60, 40) if orientation < 5 else (40, 60))


@pytest.mark.parametrize(("size", "stored_size"), [((5000, 1000), (4096, 819)), ((4096, 100), (4096, 100))])
def test_a_picture_larger_than_any_screen_is_made_smaller(rewrite, size, stored_size):
    assert read(rewrite(picture("JPEG", *size))).size == stored_size


@pytest.mark.parametrize(
    ("mode", "form"),
    [("L", "JPEG"), ("CMYK", "JPEG"), ("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "PNG"), ("I;16", "PNG")],
)
def test_every_kind_of_pixel_can_be_read(rewrite, mode, form):
    stored = read(rewrite(encoded(Image.new(mode, (30, 20)), form)))
    assert stored.size == (30, 20) and stored.mode != "CMYK"


def test_what_is_transparent_stays_so(rewrite):
    see_through = Image.new("RGBA", (30, 20), (0, 0, 0, 0))
    for form in ("PNG", "WEBP", "GIF"):
        assert read(rewrite(encoded(see_through, form))).convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_what_moves_goes_on_moving(rewrite, form):
    stored = read(rewrite(moving(form, frames=5)))
    assert (stored.n_frames, stored.size, stored.info["loop"]) == (5, (40, 30), 0)
    stored.seek(4)
    stored.load()
    assert stored.info["duration"] == 80


def test_of_several_pictures_in_one_file_the_first_counts(rewrite):
    assert getattr(read(rewrite(moving("PNG"))), "n_frames", 1) == 1
    several = read(rewrite(moving("MPO")))
    assert (several.format, getattr(several, "n_frames", 1)) == ("JPEG", 1)


@pytest.mark.parametrize(
    "content",
    [
        png_that_claims(60_000, 60_000),
        png_that_claims(7_072, 7_072),
        gif_of_many(4, canvas=4_000),
        gif_of_many(100_000),
        gif_of_many(60_000, canvas=30),
    ],
    ids=["a wall", "just too large", "four large frames", "frames without end", "small frames without end"],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_bomb_is_not_unpacked(rewrite, content):
    assert len(content) < 3_000_000
    with pytest.raises(AttachmentTooManyPixels) as refused:
        rewrite(content)
    assert refused.value.details == {"limit": LIMIT}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_frame_that_grows_while_it_is_read_takes_no_memory(rewrite):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(AttachmentTooManyPixels):
        rewrite(gif_that_grows(60_000, 40_000))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes


def test_the_limit_counts_all_frames(rewrite):
    assert rewrite(moving("GIF", 5, (400, 300)), limit=600_000)
    with pytest.raises(AttachmentTooManyPixels):
        rewrite(moving("GIF", 5, (400, 300)), limit=599_999)
    with pytest.raises(AttachmentTooManyPixels):
        rewrite(moving("WEBP", 5, (400, 300)), limit=599_999)


def test_a_picture_of_endless_scans_is_not_read(rewrite):
    assert rewrite(jpeg_of_many_scans(0))
    with pytest.raises(AttachmentBroken):
        rewrite(jpeg_of_many_scans(100))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_half_a_picture_is_broken(rewrite, form, share):
    whole = encoded(Image.effect_noise((300, 200), 80).convert("RGB"), form)
    with pytest.raises(AttachmentBroken):
        rewrite(whole[: int(len(whole) * share)])


@pytest.mark.parametrize("head", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x20\0\0\0WEBPVP8 "])
def test_what_only_begins_like_a_picture_is_broken(rewrite, head):
    for rest in (b"", b"\0" * 500, PAGE, bytes(range(256))):
        with pytest.raises(AttachmentBroken):
            rewrite(head + rest)


@pytest.mark.parametrize("data", [b"", b"nonsense", b"II*\0\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff\x12\x01"])
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_nonsense_where_the_camera_writes_costs_nobody_their_picture(rewrite, data):
    assert rewrite(picture("JPEG", exif=b"Exif\0\0" + data))
