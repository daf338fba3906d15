//===- LineWriter.h - Lines of output that know their source line --------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_EMIT_LINEWRITER_H
#define WEFT_EMIT_LINEWRITER_H

#include "Support/SourceText.h"
#include "llvm/ADT/Twine.h"
#include <string>

namespace weft {

/// Writes lines and, where the next one does not follow the source line before
/// it, a `#line` directive. What stands on one source line stays on one line.
class LineWriter {
public:
  /// \p File is the name in the directives; \p Directives: write them at all.
  LineWriter(std::string File, bool Directives)
      : File(std::move(File)), Directives(Directives) {}
  const std::string &file() const { return File; }

  /// Writes \p Text, which comes from source line \p Line (0: from none).
  void write(llvm::StringRef Text, unsigned Line, unsigned Column = 0,
             bool KeepIndent = false);
  /// Goes on at the end of the line before.
  void append(llvm::StringRef Text);
  /// The next write begins a line of its own.
  void breakLine() { Joinable = false; }
  /// Names the source line of what follows the text.
  void resume(unsigned Line);

  void indent() { Depth += 2; }
  void outdent() { Depth -= 2; }
  std::string take() { return std::move(Out); }

private:
  std::string File;
  bool Directives;
  std::string Out;
  unsigned Depth = 0;
  unsigned Next = 0;   ///< Source line that the next output line stands for.
  bool Joinable = false;
};

} // namespace weft

#endif // WEFT_EMIT_LINEWRITER_H
