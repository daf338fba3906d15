#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# rebuilds.sh <build tree> [<object>...]
# Builds, and fails unless exactly these objects were compiled. An object is
# named by its path below CMakeFiles, such as app.dir/main.cpp.o.

tree=$1
shift
touch "$tree/stamp"
cmake --build "$tree" || exit 1
printf '%s\n' "$@" | sort >"$tree/expected"
(cd "$tree/CMakeFiles" && find . -name '*.o' -newer ../stamp) |
  sed 's|^\./||' | sort >"$tree/rebuilt"
[ -s "$tree/rebuilt" ] || echo >"$tree/rebuilt" # As printf without arguments.
diff "$tree/expected" "$tree/rebuilt"
