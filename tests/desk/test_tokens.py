"""Tokens: for one purpose, signed by one key, for a while."""

import json
from datetime import timedelta

import jwt
import pytest

from desk.errors import TokenExpired, TokenInvalid
from desk.tokens import Tokens

KEY = "s" * 40


@pytest.fixture
def tokens():
    return Tokens(KEY)


def test_a_token_names_its_subject_and_its_end(tokens):
    token, expires = tokens.issue("session", "c_1", timedelta(hours=1))
    assert tokens.read("session", token) == "c_1"
    assert jwt.decode(token, KEY, ["HS256"])["exp"] == expires


def test_a_token_of_one_kind_is_none_of_another(tokens):
    token, _ = tokens.issue("session", "c_1", timedelta(hours=1))
    with pytest.raises(TokenInvalid):
        tokens.read("agent", token)


def test_a_token_of_another_key_is_invalid(tokens):
    token, _ = Tokens("t" * 40).issue("session", "c_1", timedelta(hours=1))
    with pytest.raises(TokenInvalid):
        tokens.read("session", token)


def test_a_token_ends(tokens):
    token, _ = tokens.issue("session", "c_1", timedelta(seconds=-1))
    with pytest.raises(TokenExpired):
        tokens.read("session", token)


@pytest.mark.parametrize(
    "claims",
    [
        {"kind": "session", "sub": "c_1"},
        {"kind": "session", "exp": 2**31},
        {"sub": "c_1", "exp": 2**31},
        {"kind": "session", "sub": 5, "exp": 2**31},
        {"kind": "session", "sub": "c_1", "exp": 2**31, "iat": 2**31},
    ],
    ids=["for ever", "for nobody", "for nothing", "for a number", "from the future"],
)
def test_a_signed_token_that_lacks_something_is_invalid(tokens, claims):
    with pytest.raises(TokenInvalid):
        tokens.read("session", jwt.encode(claims, KEY, "HS256") if claims.get("sub") != 5 else _raw(claims))


def _raw(claims):
    """Signed without the library's own check of what it signs."""
    return jwt.PyJWS().encode(json.dumps(claims).encode(), KEY, "HS256")


@pytest.mark.parametrize("token", ["", "x", "a.b", "a.b.c", "\ud800", "é.é.é", "." * 5000])
def test_what_is_no_token_is_invalid(tokens, token):
    with pytest.raises(TokenInvalid):
        tokens.read("session", token)


def test_no_other_way_of_signing_is_believed(tokens):
    claims = {"kind": "session", "sub": "c_1", "exp": 2**31}
    for token in (jwt.encode(claims, None, "none"), jwt.encode(claims, KEY * 2, "HS512")):
        with pytest.raises(TokenInvalid):
            tokens.read("session", token)
