"""Does a Kafka answer here? Asked in the smallest words of its protocol, with no client and no event loop."""

import socket
import struct

METADATA, VERSION, CORRELATION = 3, 1, 7
QUESTION = struct.pack(">hhih", METADATA, VERSION, CORRELATION, -1) + struct.pack(">i", 0)
"""Metadata version 1, no client id, about no topic: the reply begins with the brokers that are up."""


def answers(host: str, port: int, timeout_s: float = 1.0) -> bool:
    """Whether a broker is up there and has joined its cluster, so that clients will be served."""
    try:
        with socket.create_connection((host, port), timeout=timeout_s) as line:
            line.sendall(struct.pack(">i", len(QUESTION)) + QUESTION)
            (length,) = struct.unpack(">i", _read(line, 4))
            correlation, brokers = struct.unpack(">ii", _read(line, length)[:8])
    except (OSError, struct.error):
        return False
    return bool(correlation == CORRELATION and brokers > 0)


def _read(line: socket.socket, count: int) -> bytes:
    got = b""
    while len(got) < count:
        if not (more := line.recv(count - len(got))):
            raise ConnectionError("the line went dead")
        got += more
    return got
