"""Checks that nobody else listens where the parts want to."""

from __future__ import annotations

import socket
from typing import Iterable

from scripts.console import Failure
from scripts.parts import Part


def check_free(parts: Iterable[Part]) -> None:
    """Stop before anything is started when a port is taken."""
    for part in parts:
        if not is_free(part.host, part.port):
            raise Failure(
                f"Port {part.port} of the {part.name} is taken: stop what listens there, or set {part.port_setting}."
            )


def is_free(host: str, port: int) -> bool:
    """Whether one could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a connection just closed is no listener
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
