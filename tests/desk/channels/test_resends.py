"""Texts that rasa-webchat sends again are known by the session id they name."""

import pytest

from desk.channels.resends import Resends

NOW = 1000.0


@pytest.fixture
def resends():
    """Makes what a connection knows, each time it is confirmed."""
    return lambda confirmed="confirmed": Resends(confirmed, NOW)


def test_an_early_text_has_the_same_id_through_every_connection(resends):
    first, later = (resends(confirmed).id_of("had", "在吗", NOW + 1) for confirmed in ("one", "two"))
    assert first == later and len(first) <= 64


def test_what_names_the_confirmed_session_is_said_now(resends):
    assert resends().id_of("confirmed", "在吗", NOW + 1) is None


def test_so_is_what_comes_long_after_the_confirmation(resends):
    assert resends().id_of("had", "在吗", NOW + 60) is None


def test_different_texts_sessions_and_repetitions_have_ids_of_their_own(resends):
    connection = resends()
    named = [("had", "在吗"), ("had", "在吗"), ("had", "你好"), ("had before", "在吗"), ("", "在吗"), ("", "")]
    assert len({connection.id_of(session, text, NOW) for session, text in named}) == len(named)


def test_half_a_character_gets_an_id_and_is_refused_where_all_are(resends):
    assert resends().id_of("had", "\ud83d", NOW)
