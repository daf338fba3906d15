# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# program.py FILE.md: prints one program made of a page's code. Blocks of
# language `cpp` are declarations; those of `c++` are what main() does.

import re
import sys

with open(sys.argv[1]) as page:
    blocks = re.findall(r"^```(\S+)\n(.*?)^```$", page.read(), re.M | re.S)
for header in ("cstdio", "memory", "stdexcept", "string"):
    print(f"#include <{header}>")
print("".join(text for language, text in blocks if language == "cpp"))
print("int main() {")
for language, text in blocks:
    if language == "c++":
        print("{\n" + text + "}")
print("}")
