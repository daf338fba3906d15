//===- PreprocessorRecord.h - The directives that Clang acted on ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which directives did the preprocessor act on, where does each
// stand, and what did it lead to or test? Directives inside regions that a
// conditional skipped are not met and so not listed.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_FRONTEND_PREPROCESSORRECORD_H
#define WEFT_FRONTEND_PREPROCESSORRECORD_H

#include "Frontend/TranslationUnit.h"
#include "clang/Lex/Preprocessor.h"

namespace weft {

/// What recordPreprocessing fills while the preprocessor runs.
struct PreprocessorRecord {
  std::vector<IncludeDirective> Includes;
  std::vector<Directive> Directives;
  std::vector<clang::SourceLocation> PragmaCalls;
};

/// Makes \p PP fill \p Record, which must outlive it.
void recordPreprocessing(clang::Preprocessor &PP, PreprocessorRecord &Record);

} // namespace weft

#endif // WEFT_FRONTEND_PREPROCESSORRECORD_H
