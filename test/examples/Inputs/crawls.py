# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# crawls.py SERVER ROOT CRAWLER...: each crawler finds the pages that are found here.

import os
import re
import subprocess
import sys

from server import Server

program, root, *crawlers = sys.argv[1:]
expected = {}
left = ["/"]
while left:
    path = left.pop()
    name = root + (path if path != "/" else "/index.html")
    expected[path] = 200 if os.path.exists(name) else 404
    if expected[path] == 200:
        with open(name) as page:
            left += [link for link in re.findall('href="([^"]*)"', page.read()) if link not in expected]
assert 404 in expected.values()
listed = "".join("%d %s\n" % (status, path) for path, status in sorted(expected.items()))
with Server(program, root, "0") as server:
    files = server.files()
    for crawler in crawlers:
        for most in (1, 8):
            done = subprocess.run((crawler, str(server.port), str(most)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)
            assert (done.returncode, done.stdout) == (0, listed), done
            assert done.stderr == "%d pages, at most %d at a time\n" % (len(expected), most), done.stderr
    server.settles(files)
