# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# program.py FILE.md [--without] CHAPTER...: prints one program made of the code of
# these chapters, or of all others. Blocks of language `cpp` are declarations;
# those of `c++` are what main() does, which is a fiber in a chapter on them.
# Blocks with a name are programs of their own.

import re
import sys

page = sys.argv[1]
names = tuple(f"## {name}\n" for name in sys.argv[2:] if name != "--without")
with open(page) as file:
    chapters = re.split(r"^(?=## )", file.read(), flags=re.M)
without = "--without" in sys.argv
text = "".join(c for c in chapters if c.startswith(names) != without)
blocks = re.findall(r"^```(\S+)(?: \S+)?\n(.*?)^```$", text, re.M | re.S)
named = re.findall(r"^```\S+ \S+\n(.*?)^```$", text, re.M | re.S)
blocks = [(language, code) for language, code in blocks if code not in named]
headers = ["cstdio", "memory", "stdexcept", "string"]
if not without:
    headers += ["algorithm", "chrono", "functional", "mutex", "optional", "thread", "vector", "weft/fiber.h"]
for header in sorted(headers):
    print(f"#include <{header}>")
print("".join(code for language, code in blocks if language == "cpp"))
print("int main() {" if without else "[[weft::fiber]] int main() {")
for language, code in blocks:
    if language == "c++":
        print("{\n" + code + "}")
print("}")
