//===- HandedEntries.h - Fiber functions that are handed over -------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: where does the name of a fiber function stand for its entry? Where it
// is handed to a parameter that is declared `[[weft::suspendable]]`: then who
// takes it can suspend it. Everywhere else the name is that of the function that
// drives.
//
//   weft::spawn(fetch, key)           weft::spawn(weft::entry<int(int)>(fetch_fiber), key)
//   weft::function<int(int)> f = fetch;                     the same
//   int (*p)(int) = fetch;            as it is
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_REWRITE_HANDEDENTRIES_H
#define WEFT_REWRITE_HANDEDENTRIES_H

#include "Analysis/Suspension.h"
#include "Frontend/TranslationUnit.h"
#include "Rewrite/SourceEdits.h"

namespace weft {

void handOnEntries(const TranslationUnit &Unit, const Colours &Colour,
                   SourceEdits &Edits);

} // namespace weft

#endif // WEFT_REWRITE_HANDEDENTRIES_H
