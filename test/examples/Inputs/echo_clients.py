# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# echo_clients.py SERVER [IDLE]: clients of the echo server, well-behaved and not, and,
# with a number, so many that are connected and idle: prints what one costs.

import resource
import socket
import sys
import threading
import time

from server import Server, receive, reset, together


def talks(server):
    client = server.connect()
    for size in (1, 2, 1000, 16 * 1024, 16 * 1024 + 1, 300000):
        message = bytes(i * 7 % 251 for i in range(size))
        writer = threading.Thread(target=client.sendall, args=(message,))
        writer.start()
        assert receive(client, size) == message, size
        writer.join()
    client.shutdown(socket.SHUT_WR)
    assert client.recv(1) == b""
    client.close()


def goes_away(server):
    """At every byte, in both ways, with and without reading."""
    for way in (socket.socket.close, reset):
        for size in range(20):
            for reads in (False, True):
                client = server.connect()
                client.sendall(b"x" * size)
                if reads:
                    receive(client, size)
                way(client)


def takes_nothing(server):
    """Sends and never reads: the server waits, and others are served."""
    client = server.connect()
    client.settimeout(0.3)
    try:
        while True:
            client.sendall(b"y" * 65536)
    except socket.timeout:
        pass
    talks(server)
    reset(client)


def slowly(server):
    client = server.connect()
    for byte in b"slow":
        client.sendall(bytes([byte]))
        assert client.recv(1) == bytes([byte])
        time.sleep(0.02)
    client.close()


def idle(server, number):
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    before = server.memory()
    clients = [server.connect() for _ in range(number)]
    for client in clients:  # Each has been served, and is idle again.
        client.sendall(b"hello")
        assert receive(client, 5) == b"hello"
    print("%d idle connections, %d bytes each" % (number, (server.memory() - before) / number))
    talks(server)
    for client in clients:
        client.close()


with Server(sys.argv[1], "0") as server:
    files = server.files()
    talks(server)
    together(16, talks, server)
    goes_away(server)
    takes_nothing(server)
    slowly(server)
    server.settles(files)
    if len(sys.argv) > 2:
        idle(server, int(sys.argv[2]))
        server.settles(files)
    # Connections that are open when it ends, idle and in the middle.
    left = [server.connect(), server.connect()]
    left[0].sendall(b"z" * 3)
