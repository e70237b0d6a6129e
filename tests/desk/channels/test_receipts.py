"""What was sent before an answered ping has arrived; nothing else has."""

import pytest
from engineio.packet import MESSAGE, PING, PONG, Packet

from desk.channels.receipts import Receipts


class Connection:
    """An Engine.IO socket, as far as receipts know one."""

    def __init__(self, last_ping=None):
        self.last_ping = last_ping
        self.sent, self.received = [], []

    async def send(self, packet):
        self.sent.append(packet.packet_type)

    async def receive(self, packet):
        self.received.append(packet.packet_type)


@pytest.fixture
def arrived():
    return []


@pytest.fixture
def note(arrived):
    def step(what):
        async def noted():
            arrived.append(what)

        return noted

    return step


async def test_a_line_has_arrived_when_the_ping_after_it_is_answered(arrived, note):
    connection = Connection()
    await Receipts(connection).ask(note("line"))
    assert connection.sent == [PING] and arrived == []
    await connection.receive(Packet(PONG))
    assert arrived == ["line"] and connection.received == [PONG]


@pytest.mark.parametrize("before", [True, False])
async def test_the_answer_to_an_earlier_ping_says_nothing_of_later_lines(arrived, note, before):
    connection = Connection(last_ping=1.0 if before else None)
    receipts = Receipts(connection)
    if not before:
        await connection.send(Packet(PING))  # the protocol's own
    await receipts.ask(note("line"))
    await connection.receive(Packet(PONG))
    assert arrived == []
    await connection.receive(Packet(PONG))
    assert arrived == ["line"]


async def test_answers_nobody_asked_for_count_for_nothing(arrived, note):
    connection = Connection()
    receipts = Receipts(connection)
    for _ in range(3):
        await connection.receive(Packet(PONG))
    await receipts.ask(note("line"))
    assert arrived == []


async def test_lines_arrive_in_order_and_other_packets_are_no_answers(arrived, note):
    connection = Connection()
    receipts = Receipts(connection)
    for line in ("one", "two"):
        await receipts.ask(note(line))
    await connection.receive(Packet(MESSAGE))
    assert arrived == []
    await connection.receive(Packet(PONG))
    assert arrived == ["one"]


async def test_every_answer_is_a_heartbeat_after_what_it_proves(arrived, note):
    connection = Connection()
    receipts = Receipts(connection)
    receipts.heartbeat = note("heartbeat")
    await receipts.ask(note("line"))
    await connection.receive(Packet(PONG))
    assert arrived == ["line", "heartbeat"]
