"""Unguessable names for rows that users or agents can see."""

import secrets


def new_id(prefix: str) -> str:
    """A fresh id such as `m_3b…` (128 random bits)."""
    return f"{prefix}_{secrets.token_hex(16)}"
