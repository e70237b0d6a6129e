import socket
from pathlib import Path

import pytest

from scripts import parts, ports
from scripts.console import Failure

SECRETS = {"DESK_SECRET_KEY": "s" * 32, "DESK_INTERNAL_KEY": "i" * 32, "DESK_ACCOUNTS_KEY": "a" * 32}


def all_parts(environ):
    return {part.name: part for part in parts.all_parts(parts.read_ports(environ), Path("model.tar.gz"), environ)}


def test_ports_come_from_the_environment_and_every_part_is_told():
    environ = {"BOT_PORT": "6005", "ACTIONS_PORT": "6055"}
    told = parts.shared_environment(parts.read_ports(environ), SECRETS, environ)

    assert told["DESK_BOT_URL"] == "http://127.0.0.1:6005"
    assert told["BOT_ACTIONS_URL"] == "http://127.0.0.1:6055/webhook"
    assert told["DESK_PORT"] == "8000"
    assert all_parts(environ)["bot"].ready_url == "http://127.0.0.1:6005/webhooks/turn/"


def test_what_the_environment_says_wins():
    environ = {"DESK_BOT_URL": "http://bots.internal", "DESK_ACCOUNTS_KEY": "theirs"}

    told = parts.shared_environment(parts.read_ports(environ), {**SECRETS, "DESK_ACCOUNTS_KEY": "theirs"}, environ)

    assert told["DESK_BOT_URL"] == "http://bots.internal"
    assert told["SANDBOX_KEY"] == "theirs"


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "8000.5"])
def test_a_port_that_is_none_is_one_clear_line(port):
    with pytest.raises(Failure, match=r"^DESK_PORT must be a port between 1 and 65535, not"):
        parts.read_ports({"DESK_PORT": port})


def test_two_parts_on_one_port_are_refused():
    with pytest.raises(Failure, match=r"^Two parts cannot share a port"):
        parts.read_ports({"DESK_PORT": "5005"})


def test_the_sandbox_makes_room_for_an_own_account_system():
    assert "sandbox" in all_parts({})
    assert "sandbox" not in all_parts({"DESK_ACCOUNTS_URL": "http://accounts.internal"})


def test_only_the_desk_can_be_told_to_face_the_network():
    told = all_parts({"DESK_HOST": "0.0.0.0"})

    assert told["actions"].environment["SANIC_HOST"] == "127.0.0.1"
    assert told["bot"].command[told["bot"].command.index("-i") + 1] == "127.0.0.1"
    assert told["desk"].ready_url == "http://127.0.0.1:8000/health"


def test_a_taken_port_is_named_with_the_setting_that_moves_it():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Failure, match=f"^Port {port} of the desk is taken: .* set DESK_PORT"):
            ports.check_free([all_parts({"DESK_PORT": str(port)})["desk"]])
    ports.check_free([all_parts({"DESK_PORT": str(port)})["desk"]])
