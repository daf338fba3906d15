# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# blocks.py FILE.md: writes each fenced block to block-N.LANGUAGE, and one that
# has a name behind its language to a file of that name.

import re
import sys

with open(sys.argv[1]) as page:
    blocks = re.findall(r"^```(\w\S*)(?: (\S+))?\n(.*?)^```$", page.read(), re.M | re.S)
number = 0
for language, name, text in blocks:
    if not name:
        number += 1
    with open(name or f"block-{number}.{language}", "w") as out:
        out.write(text)
