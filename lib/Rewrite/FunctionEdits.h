//===- FunctionEdits.h - A function's text and the texts in its place -----===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: what do the functions look like that stand where a transformed one
// stood? They keep its lines: `#line` directives lead back to them, and what is
// written inside is indented as they are. A coroutine and a fiber function are
// replaced by different functions (CoroutineEdits, FiberEdits) made of the same
// pieces, which are here.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_REWRITE_FUNCTIONEDITS_H
#define WEFT_REWRITE_FUNCTIONEDITS_H

#include "Analysis/Coroutines.h"
#include "Emit/FrameWriter.h"
#include "Rewrite/SourceEdits.h"

namespace weft {

/// A function and what has been found out about it.
struct TransformedFunction {
  const Coroutine &What;
  const Flow &F;
  const FrameLayout &Layout;
  const FramePlacement &Place;
};

class FunctionEdits {
public:
  FunctionEdits(const TransformedFunction &Function, SourceEdits &Edits,
                bool LineDirectives);

protected:
  /// A body that defines the frame in front of \p Statement.
  std::string bodyWithFrame(const std::string &Statement) const;
  /// A body that is only \p Statement, with the lines of the old one. Without
  /// `#line` a body of one line stays on one line if \p OneLine.
  std::string shortBody(const std::string &Statement, bool OneLine) const;
  /// Says that the next line is line \p Line; nothing without directives.
  std::string resumeAt(unsigned Line) const;
  void replaceBody(std::string New) {
    Edits.replace(Body->getSourceRange(), std::move(New));
  }

  const Coroutine &What;
  const Flow &F;
  const FrameLayout &Layout;
  const FramePlacement &Place;
  SourceEdits &Edits;
  const clang::SourceManager &Sources;
  SourceText &Text;
  const bool LineDirectives;
  const clang::Stmt *const Body;
  clang::FileID File;
  std::string FileName; ///< In directives.
  // Where the function begins, with its attributes; perhaps with a macro.
  clang::SourceLocation Begin;
  unsigned BeginLine = 0, BeginColumn = 0;

private:
  /// Of the line with the closing brace.
  std::string indentation() const;

  unsigned OpenLine = 0, CloseLine = 0; ///< Of the body's braces.
};

} // namespace weft

#endif // WEFT_REWRITE_FUNCTIONEDITS_H
