# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# blocks.py FILE.md: writes each fenced block to block-N.LANGUAGE.

import re
import sys

with open(sys.argv[1]) as page:
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", page.read(), re.M | re.S)
for number, (language, text) in enumerate(blocks, 1):
    with open(f"block-{number}.{language}", "w") as out:
        out.write(text)
