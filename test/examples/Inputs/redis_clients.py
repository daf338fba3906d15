# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# redis_clients.py CLIENT...: runs each against a Redis server of its own, against
# nobody, and against servers that answer nonsense or go away.

import socket
import subprocess
import sys
import threading
import time

EXPECTED = """delete: %d
counted by 100 fibers: 1000
set: OK
increment of a text: ERR value is not an integer or out of range
in 50 ms: no answer
length of the text: 16
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def run(client, port):
    done = subprocess.run((client, str(port)), stdout=subprocess.PIPE, text=True, timeout=60)
    return done.returncode, done.stdout


def false_server(says):
    """Accepts once, says something, and goes away; returns its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        peer, _ = listener.accept()
        peer.recv(1000)
        peer.sendall(says)
        peer.close()
        listener.close()

    threading.Thread(target=serve).start()
    return listener.getsockname()[1]


port = free_port()
server = subprocess.Popen(("redis-server", "--port", str(port), "--save", "", "--appendonly", "no"), stdout=subprocess.DEVNULL)
try:
    for _ in range(500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.02)
    for number, client in enumerate(sys.argv[1:]):
        assert run(client, port) == (0, EXPECTED % (0 if number == 0 else 2)), run(client, port)
finally:
    server.terminate()
    server.wait()
for client in sys.argv[1:]:
    assert run(client, free_port()) == (1, "Connection refused\n")
    assert run(client, false_server(b"")) == (1, "the server has gone\n")
    assert run(client, false_server(b"nonsense\r\n")) == (1, "the server has gone\n")
    assert run(client, false_server(b":0\r\n")) == (1, "delete: 0\nthe server has gone\n")
