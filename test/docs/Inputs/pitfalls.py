# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# pitfalls.py FILE.md TESTS: each of the fifty pitfalls names tests that exist, with the
# functions that it says are in them, or says why it does not apply.

import os
import re
import sys

with open(sys.argv[1]) as page:
    entries = re.findall(r"^(\d+)\. (.*?)(?=^\d+\. |^#|\Z)", page.read(), re.M | re.S)
wrong = []
if [int(number) for number, _ in entries] != list(range(1, 51)):
    wrong.append("the entries are not 1 to 50")
for number, text in entries:
    tests = re.findall(r"`((?:\w+/)+[\w.-]+\.(?:cpp|test|py))`(?: \((.*?)\))?", text, re.S)
    if not tests and "Does not apply:" not in text:
        wrong.append("%s names no test" % number)
    for path, functions in tests:
        path = os.path.join(sys.argv[2], path)
        if not os.path.exists(path):
            wrong.append("%s: there is no %s" % (number, path))
            continue
        with open(path) as test:
            words = set(re.findall(r"\w+", test.read()))
        wrong += ["%s: %s has no %s" % (number, path, name) for name in re.findall(r"`(\w+)`", functions) if name not in words]
print("\n".join(wrong))
sys.exit(bool(wrong))
