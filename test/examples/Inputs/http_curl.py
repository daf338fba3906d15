# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# http_curl.py SERVER ROOT: curl against the HTTP server, and wrk where it is installed.
# ROOT has index.html, sub/big.bin, and link, which leads out of it.

import re
import shutil
import subprocess
import sys

from server import Server

program, root = sys.argv[1:]
big = root + "/sub/big.bin"


def curl(*arguments):
    return subprocess.run(("curl", "-sS", "--max-time", "60") + arguments, check=True, stdout=subprocess.PIPE).stdout


with open(big, "rb") as file:
    content = file.read()
with Server(program, root, "0") as server:
    files = server.files()
    url = "http://127.0.0.1:%d/" % server.port
    assert curl(url) == b"<p>hello</p>\n"
    assert curl(url + "sub/big.bin?query") == content
    assert b"Content-Length: %d\r\n" % len(content) in curl("-I", url + "sub/big.bin")
    assert curl("--data-binary", "@" + big, url + "echo") == content
    assert curl("-H", "Transfer-Encoding: chunked", "--data-binary", "@" + big, url + "echo") == content
    assert curl("-H", "Expect: 100-continue", "--data-binary", "@" + big, url + "echo") == content
    assert curl("--http1.0", "--data-binary", "@" + big, url + "echo") == content
    assert curl("--http2", url) == b"<p>hello</p>\n"  # Offers an upgrade.
    for missing in ("nothing", "sub", "link", "../../etc/passwd"):
        assert curl("--path-as-is", "-o", "/dev/null", "-w", "%{http_code}", url + missing) == b"404", missing
    # One connection for all.
    assert curl("-w", "%{num_connects}", url, url, url) == b"<p>hello</p>\n1<p>hello</p>\n0<p>hello</p>\n0"
    if shutil.which("wrk"):
        said = subprocess.run(("wrk", "-t", "2", "-c", "64", "-d", "1", url), check=True, stdout=subprocess.PIPE, text=True).stdout
        assert int(re.search(r"(\d+) requests in", said).group(1)) > 100, said
        assert "Non-2xx" not in said and "Socket errors" not in said, said
        print(said)
    server.settles(files)
