//===- TextChecks.h - Whether a function can be written anew --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: do the analysis and the compiler see the same function, in one piece of
// text, and does all of it survive being written out?
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_DRIVER_TEXTCHECKS_H
#define WEFT_DRIVER_TEXTCHECKS_H

#include "Analysis/Coroutines.h"
#include "Frontend/TranslationUnit.h"
#include "Support/Diagnostics.h"
#include "Support/SourceText.h"

namespace weft {

/// Reports what would make the analysis and the compiler see different functions.
/// Where a function redefines macros, its text is to do without them.
bool prepareText(const Coroutine &What, const TranslationUnit &Unit, SourceText &Text,
                 Reporter &Report);

/// Reports the macro calls that have to be written out although they hold a
/// `_Pragma`, which leaves no token behind.
class PragmaCheck {
public:
  PragmaCheck(const TranslationUnit &Unit, const SourceText &Text, Reporter &Report)
      : Unit(Unit), Text(Text), Report(Report), Calls(Unit.PragmaCalls) {}

  /// Once the text of \p In is known: what changes there is that function's
  /// fault. Null: everywhere.
  void check(const clang::FunctionDecl *In);

private:
  const TranslationUnit &Unit;
  const SourceText &Text;
  Reporter &Report;
  std::vector<clang::SourceLocation> Calls; ///< Not yet reported.
};

} // namespace weft

#endif // WEFT_DRIVER_TEXTCHECKS_H
