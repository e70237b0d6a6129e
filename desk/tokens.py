"""Signed, expiring tokens: a user's for one conversation, an agent's for one person, the host page's word."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt

from desk.clock import now
from desk.errors import TokenExpired, TokenInvalid

_ALGORITHM = "HS256"
_LONGEST_USER_REF = 200


class Tokens:
    """Issues and reads the desk's own tokens. `kind` keeps a user's token from opening the console."""

    def __init__(self, key: str) -> None:
        self._key = key

    def issue(self, kind: str, subject: str, lasts: timedelta) -> tuple[str, int]:
        """A token and the Unix time of its end."""
        expires = int((now() + lasts).timestamp())
        claims = {"kind": kind, "sub": subject, "iat": int(now().timestamp()), "exp": expires}
        return jwt.encode(claims, self._key, _ALGORITHM), expires

    def read(self, kind: str, token: str) -> str:
        """The subject; TokenExpired or TokenInvalid otherwise."""
        claims = _decode(token, self._key)
        if claims.get("kind") != kind:
            raise TokenInvalid()
        return str(claims["sub"])


@dataclass(frozen=True)
class Identity:
    """Whom the host page vouches for."""

    user_ref: str
    accounts: list[str]


def read_identity(token: str, key: str | None) -> Identity:
    """The host page's signed word; TokenInvalid when forged, or when no key is configured."""
    if key is None:
        raise TokenInvalid()
    claims = _decode(token, key)
    accounts, user_ref = claims.get("accounts", []), str(claims["sub"])
    # Cut short, two users could become one.
    if not 0 < len(user_ref) <= _LONGEST_USER_REF:
        raise TokenInvalid()
    if not isinstance(accounts, list) or not all(isinstance(name, str) for name in accounts):
        raise TokenInvalid()
    return Identity(user_ref, accounts[:20])


def _decode(token: str, key: str) -> dict[str, Any]:
    try:
        return jwt.decode(token, key, algorithms=[_ALGORITHM], options={"require": ["exp", "sub"]})
    except jwt.ExpiredSignatureError:
        raise TokenExpired() from None
    except (jwt.InvalidTokenError, UnicodeError):
        raise TokenInvalid() from None
