# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# table.py SOURCE_ROOT: fails when a diagnostic of lib/Support/Diagnostics.def is
# never reported, has no text for docs/limits.md, or is expected by no test.

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(root / "docs"))
sys.dont_write_bytecode = True
import limits

# What no source can bring about.
UNTESTED = {"Internal"}

sources = "".join(
    path.read_text()
    for path in sorted((root / "lib").rglob("*.cpp"))
)
expected = "".join(
    line
    for path in sorted((root / "test" / "diagnose").rglob("*.cpp"))
    for line in path.read_text().splitlines(keepends=True)
    if "CHECK" in line
)

failures = []
for _, entry in limits.read_table(limits.TABLE.read_text()):
    name = entry["id"]
    if entry["severity"] != "note" and not entry["reason"].strip():
        failures.append(f"{name} has no text for docs/limits.md")
    if not re.search(r"\bDiag::" + name + r"\b", sources):
        failures.append(f"{name} is never reported")
    if entry["flag"] and name not in UNTESTED:
        if not re.search(r"\[(-W)?" + re.escape(entry["flag"]) + r"\]", expected):
            failures.append(f"no test in test/diagnose expects [{entry['flag']}]")
if failures:
    sys.exit("\n".join(failures))
