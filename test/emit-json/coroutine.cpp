// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// --emit=json says where a coroutine pauses and, of each field of its frame,
// type, offset, size and why it is kept. The sizes are those of the compilers.

// RUN: %weft %s --emit=json -o %t.json -- -std=c++17 -I%runtime
// RUN: %python -m json.tool %t.json > /dev/null
// RUN: FileCheck --check-prefix=JSON %s < %t.json
// RUN: %weft %s -o %t.weft.cpp -- -std=c++17 -I%runtime
// RUN: %gxx -std=c++17 -I%runtime -fsyntax-only %t.weft.cpp
// RUN: %clangxx -std=c++17 -I%runtime -fsyntax-only %t.weft.cpp

#include <weft/coroutine.h>

#include <string>

[[weft::coroutine]] weft::generator<int> counted(int to) {
  for (int i = 0; i < to; ++i)
    weft::yield(i);
  {
    std::string text = "abc";
    weft::yield(static_cast<int>(text.size()));
  }
}
int main() {
  for (int each : counted(3))
    if (each)
      return 0;
}

#ifdef WEFT_TRANSFORMED
static_assert(sizeof(counted_frame) == 72);
#endif

// JSON:      "functions": [
// JSON:      "fields": [
// JSON:      "kept": "line 17, parameter",
// JSON:      "name": "to",
// JSON-NEXT: "offset": 64,
// JSON-NEXT: "overlaps": [],
// JSON-NEXT: "size": 4,
// JSON-NEXT: "type": "int"
// JSON:      "kept": "line 18, crosses 1",
// JSON:      "name": "i",
// JSON-NEXT: "offset": 32,
// JSON-NEXT: "overlaps": [
// JSON-NEXT:   "text"
// JSON-NEXT: ],
// JSON-NEXT: "size": 4,
// JSON:      "kept": "line 21, crosses 2",
// JSON:      "name": "text",
// JSON-NEXT: "offset": 32,
// JSON-NEXT: "overlaps": [
// JSON-NEXT:   "i"
// JSON:      "type": "std::string"
// JSON:      "frame": "counted_frame",
// JSON-NEXT: "header": 32,
// JSON-NEXT: "kind": "coroutine",
// JSON-NEXT: "line": 17,
// JSON-NEXT: "name": "counted",
// JSON-NEXT: "size": 72,
// JSON-NEXT: "suspension_points": [
// JSON:      "column": 5,
// JSON-NEXT: "id": 1,
// JSON-NEXT: "kind": "yield",
// JSON-NEXT: "line": 19,
// JSON-NEXT: "live": [
// JSON-NEXT:   "to",
// JSON-NEXT:   "i"
// JSON:      "in_place": [
// JSON:      "as": "range",
// JSON-NEXT: "column": 19,
// JSON-NEXT: "coroutine": "counted",
// JSON:      "line": 26
