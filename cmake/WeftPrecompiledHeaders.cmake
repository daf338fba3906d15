# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Clang's heavy headers, compiled once. Only what most files in lib/ need and
# what never changes belongs here; no header of our own.

function(weft_precompile_headers target)
  target_precompile_headers(${target} PRIVATE
    <map>
    <memory>
    <optional>
    <string>
    <vector>
    <clang/AST/ASTContext.h>
    <clang/AST/DeclTemplate.h>
    <clang/AST/ExprCXX.h>
    <clang/AST/StmtCXX.h>
    <clang/Basic/Diagnostic.h>
    <clang/Basic/SourceManager.h>
    <clang/Frontend/CompilerInstance.h>
    <clang/Lex/Lexer.h>
    <clang/Lex/Preprocessor.h>
    <clang/Tooling/Syntax/Tokens.h>
    <llvm/ADT/DenseMap.h>
    <llvm/ADT/SmallVector.h>
    <llvm/ADT/StringExtras.h>
    <llvm/ADT/StringRef.h>
    <llvm/Support/Error.h>
    <llvm/Support/raw_ostream.h>)
endfunction()
