"""Pure decisions about messages and turns."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.conversations.rules import TEXT_LIMIT, checked_text, next_try
from desk.errors import Refusal, TextControlCharacters, TextEmpty, TextTooLong

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u3000", "\u200b\u200d", "\ufeff", "\u202e \u2060", "\u00ad"])
def test_a_message_that_shows_nothing_is_empty(text):
    with pytest.raises(TextEmpty):
        checked_text(text)


def test_two_thousand_characters_are_the_most():
    assert checked_text("字" * TEXT_LIMIT) == "字" * 2000
    with pytest.raises(TextTooLong) as refused:
        checked_text("字" * 2001)
    assert refused.value.details == {"limit": 2000, "length": 2001}


def test_blanks_around_a_text_do_not_count():
    assert checked_text("  " + "字" * TEXT_LIMIT + "\n") == "字" * 2000


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\udfff"])
def test_characters_that_cannot_be_shown_or_stored_are_refused(character):
    with pytest.raises(TextControlCharacters):
        checked_text(f"你好{character}吗")


def test_lines_and_tabs_are_kept_and_windows_line_ends_made_plain():
    assert checked_text("一\r\n二\n\t三") == "一\n二\n\t三"


@pytest.mark.parametrize("text", ["/restart", "／restart", "👨‍👩‍👧", "ｆｕｌｌ", "ﷺ", "é", "1️⃣"])
def test_a_text_is_kept_as_it_was_typed(text):
    assert checked_text(text) == text


@given(st.text())
def test_what_passes_is_never_empty_nor_too_long_and_passes_again(text):
    try:
        checked = checked_text(text)
    except Refusal:
        return
    assert 0 < len(checked) <= TEXT_LIMIT
    assert checked_text(checked) == checked


def test_pauses_double_from_half_a_second_to_eight():
    pauses = [next_try(NOON, attempts) - NOON for attempts in range(1, 9)]
    assert [pause.total_seconds() for pause in pauses] == [0.5, 1, 2, 4, 8, 8, 8, 8]


def test_a_turn_that_never_ran_waits_the_shortest_pause():
    assert next_try(NOON, 0) - NOON == timedelta(seconds=0.5)
