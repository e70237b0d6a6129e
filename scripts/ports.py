"""Checks that nobody else listens where the parts want to, and finds places where nobody does."""

from __future__ import annotations

import itertools
import random
import socket
from typing import Iterable

from scripts.console import Failure
from scripts.parts import HOST, Part


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


def free_ports(number: int) -> list[int]:
    """Ports nobody listens on, from a range that outgoing connections leave alone: a killed part finds its own free."""
    candidates = random.sample(range(20_000, 32_000), 2_000)
    return list(itertools.islice((port for port in candidates if is_free(HOST, port)), number))
