# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# http_clients.py SERVER ROOT: raw-socket clients of the HTTP server, well-behaved and
# not. ROOT has index.html, `<p>hello</p>` and a newline.

import resource
import signal
import socket
import sys
import threading
import time

from server import Server, reset, together

GET = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"
POST = b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = b"POST /echo HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"


class Answers:
    """The answers of a connection, in order."""

    def __init__(self, client):
        self.file = client.makefile("rb")

    def next(self, bodiless=False):
        """(status, headers, body); None at the end of the connection."""
        line = self.file.readline()
        if not line:
            return None
        version, status = line.split()[:2]
        assert version == b"HTTP/1.1", line
        headers = {}
        while (line := self.file.readline().strip()):
            name, value = line.decode().split(": ", 1)
            headers[name.lower()] = value
        body = b""
        if bodiless or status == b"100":
            pass
        elif headers.get("transfer-encoding") == "chunked":
            while (size := int(self.file.readline(), 16)):
                body += self.file.read(size)
                assert self.file.readline() == b"\r\n"
            assert self.file.readline() == b"\r\n"
        else:
            body = self.file.read(int(headers["content-length"]))
        return int(status), headers, body


def expect_three(answers):
    assert answers.next()[0::2] == (200, b"<p>hello</p>\n")
    assert answers.next()[0::2] == (200, b"hello")
    assert answers.next()[0::2] == (200, b"abcde")


def keeps_alive(server):
    client = server.connect()
    answers = Answers(client)
    for _ in range(3):
        for each in (GET, POST, CHUNKED):
            client.sendall(each)
            assert answers.next()[0] == 200
    client.sendall(b"HEAD / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    status, headers, _ = answers.next(bodiless=True)
    assert (status, headers["content-length"], headers["connection"]) == (200, "13", "close")
    assert answers.next() is None


def pipelines(server):
    """Also cut in two at every byte."""
    whole = GET + POST + CHUNKED
    for cut in range(len(whole)):
        client = server.connect()
        client.sendall(whole[:cut])
        if cut % 8 == 0:
            time.sleep(0.002)
        client.sendall(whole[cut:])
        expect_three(Answers(client))
        client.close()
    client = server.connect()
    sender = threading.Thread(target=client.sendall, args=(whole * 500,))
    sender.start()
    answers = Answers(client)
    for _ in range(500):
        expect_three(answers)
    sender.join()
    client.close()


def slowly(server):
    client = server.connect()
    for byte in GET + POST + CHUNKED:
        client.sendall(bytes([byte]))
        time.sleep(0.001)
    expect_three(Answers(client))
    client.close()


def goes_away(server):
    for request in (GET, POST, CHUNKED):
        for way in (socket.socket.close, reset):
            for cut in range(len(request) + 1):
                client = server.connect()
                client.sendall(request[:cut])
                way(client)


def does_not_read(server):
    """Asks for more than the kernel takes, and goes away."""
    client = server.connect()
    client.settimeout(0.3)
    try:
        while True:
            client.sendall(POST * 1000)
    except socket.timeout:
        pass
    keeps_alive(server)
    reset(client)


def refused(server):
    host = b"Host: here\r\n"
    for status, request in (
        (400, b"nonsense\r\n\r\n"),
        (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),  # TLS
        (400, b"GET / HTTP/1.1\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\n" + host + b"Na me: value\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n"),
        (400, b"POST /echo HTTP/1.1\r\n" + host + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (400, b"POST /echo HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n"),
        (404, b"GET /../../../../etc/passwd HTTP/1.1\r\n" + host + b"\r\n"),
        (404, b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + host + b"\r\n"),
        (404, b"GET //etc/passwd HTTP/1.1\r\n" + host + b"\r\n"),
        (404, b"GET /index.html%00 HTTP/1.1\r\n" + host + b"\r\n"),
        (404, b"GET /%zz HTTP/1.1\r\n" + host + b"\r\n"),
        (405, b"DELETE / HTTP/1.1\r\n" + host + b"\r\n"),
        (413, b"POST /echo HTTP/1.1\r\n" + host + b"Content-Length: 2000000\r\n\r\n"),
        (413, b"POST /echo HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\n" +
              (b"10000\r\n" + b"x" * 65536 + b"\r\n") * 20),
        (414, b"GET /" + b"x" * 5000 + b" HTTP/1.1\r\n" + host + b"\r\n"),
        (431, b"GET / HTTP/1.1\r\n" + host + b"X: " + b"y" * 20000 + b"\r\n\r\n"),
        (431, b"GET / HTTP/1.1\r\n" + host + b"X: y\r\n" * 10000 + b"\r\n"),
        (501, b"CONNECT here:1 HTTP/1.1\r\n" + host + b"\r\n"),
    ):
        client = server.connect()
        client.sendall(request)
        client.shutdown(socket.SHUT_WR)
        answers = Answers(client)
        answer = answers.next()
        assert answer and answer[0] == status, (request[:60], answer)
        assert answers.next() is None
        client.close()


def continues(server):
    client = server.connect()
    client.sendall(POST.replace(b"hello", b"").replace(b"Host", b"Expect: 100-continue\r\nHost"))
    answers = Answers(client)
    assert answers.next()[0] == 100
    client.sendall(b"hello")
    assert answers.next()[0::2] == (200, b"hello")
    client.close()


def too_many(program, root):
    """More clients than the server may have descriptors: they wait in the queue until others go."""
    def few():
        resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
    with Server(program, root, "0", preexec_fn=few) as server:
        clients = [server.connect() for _ in range(100)]
        for client in clients:
            client.sendall(POST)  # A file would need a descriptor more.
            assert Answers(client).next()[0] == 200
            client.close()
        keeps_alive(server)


def ends(program, root):
    """What is at work is finished, what is idle is closed, and nobody comes in."""
    server = Server(program, root, "0")
    idle, busy = server.connect(), server.connect()
    idle.sendall(GET)
    assert Answers(idle).next()[0] == 200
    busy.sendall(POST[:-1])
    time.sleep(0.2)
    server.process.send_signal(signal.SIGINT)
    assert idle.recv(1) == b""
    busy.sendall(POST[-1:])
    status, headers, body = Answers(busy).next()
    assert (status, headers["connection"], body) == (200, "close", b"hello")
    assert busy.recv(1) == b""
    assert server.process.wait(timeout=30) == 0


program, root = sys.argv[1:]
with Server(program, root, "0") as server:
    files = server.files()
    for each in (keeps_alive, pipelines, slowly, goes_away, does_not_read, refused, continues):
        each(server)
    together(32, keeps_alive, server)
    server.settles(files)
too_many(program, root)
ends(program, root)
