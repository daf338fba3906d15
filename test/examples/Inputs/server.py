# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# What the tests of servers share: starting one, talking to it, and seeing that
# nothing is left behind.

import os
import re
import signal
import socket
import struct
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor


class Server:
    """A program that says `listening on port N`; leaving the block ends it by SIGINT and wants status 0."""

    def __init__(self, *command, **options):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)
        self.port = int(re.search(r"port (\d+)", self.process.stdout.readline()).group(1))

    def __enter__(self):
        return self

    def __exit__(self, kind, *rest):
        if kind:
            self.process.kill()
            return
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=30)
        assert status == 0, "the server ended with status %d" % status

    def connect(self):
        client = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return client

    def files(self):
        return len(os.listdir("/proc/%d/fd" % self.process.pid))

    def memory(self):
        """Bytes of the process itself."""
        with open("/proc/%d/statm" % self.process.pid) as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def settles(self, files):
        """Waits until it has so many files open, as before its clients came."""
        for _ in range(3000):
            if self.files() == files:
                return
            time.sleep(0.01)
        assert False, "%d files are open, not %d" % (self.files(), files)


def together(count, talk, *arguments):
    """So many clients at the same time."""
    with ThreadPoolExecutor(count) as pool:
        for each in [pool.submit(talk, *arguments) for _ in range(count)]:
            each.result()


def receive(client, size):
    data = b""
    while len(data) < size:
        more = client.recv(size - len(data))
        if not more:
            break
        data += more
    return data


def reset(client):
    """Goes away as if by a fault."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
