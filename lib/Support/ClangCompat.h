//===- ClangCompat.h - One spelling for Clang 19 to 22 --------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: how is this Clang interface called in the version at hand? Each
// shim names the version that changed it and goes when that version becomes
// the oldest supported one.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_SUPPORT_CLANGCOMPAT_H
#define WEFT_SUPPORT_CLANGCOMPAT_H

#include "clang/AST/Decl.h"
#include "clang/Basic/Version.inc"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#if CLANG_VERSION_MAJOR >= 22
#include "clang/Driver/CreateInvocationFromArgs.h"
#include "clang/Options/Options.h"
#else
#include "clang/Driver/Options.h"
#include "clang/Frontend/Utils.h"
#endif

static_assert(CLANG_VERSION_MAJOR >= 19 && CLANG_VERSION_MAJOR <= 22,
              "only Clang 19 to 22 are supported");

namespace weft::compat {

using FileSystemRef = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>;

// Clang 22 moved the driver's options out of clang::driver.
#if CLANG_VERSION_MAJOR >= 22
namespace options = clang::options;
inline const llvm::opt::OptTable &driverOptions() {
  return clang::getDriverOptTable();
}
#else
namespace options = clang::driver::options;
inline const llvm::opt::OptTable &driverOptions() {
  return clang::driver::getDriverOptTable();
}
#endif

/// Options that a printer and an engine of ours can refer to (Clang 21 stopped
/// counting references to them).
class OwnedDiagnosticOptions {
public:
#if CLANG_VERSION_MAJOR >= 21
  clang::DiagnosticOptions &get() { return Value; }

private:
  clang::DiagnosticOptions Value;
#else
  clang::DiagnosticOptions &get() { return *Value; }

private:
  llvm::IntrusiveRefCntPtr<clang::DiagnosticOptions> Value =
      new clang::DiagnosticOptions;
#endif
};

/// An engine that reports to \p Client, which it does not own. \p Options must
/// live as long as the engine.
inline llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine>
makeDiagnostics(clang::DiagnosticOptions &Options,
                clang::DiagnosticConsumer *Client) {
  llvm::IntrusiveRefCntPtr<clang::DiagnosticIDs> Ids(new clang::DiagnosticIDs);
#if CLANG_VERSION_MAJOR >= 21
  return new clang::DiagnosticsEngine(Ids, Options, Client,
                                      /*ShouldOwnClient=*/false);
#else
  return new clang::DiagnosticsEngine(Ids, &Options, Client,
                                      /*ShouldOwnClient=*/false);
#endif
}

inline std::unique_ptr<clang::TextDiagnosticPrinter>
makePrinter(llvm::raw_ostream &Out, clang::DiagnosticOptions &Options) {
#if CLANG_VERSION_MAJOR >= 21
  return std::make_unique<clang::TextDiagnosticPrinter>(Out, Options);
#else
  return std::make_unique<clang::TextDiagnosticPrinter>(Out, &Options);
#endif
}

/// A compiler for \p Invocation that reads through \p Files and reports to
/// \p Client, which it does not own.
inline std::unique_ptr<clang::CompilerInstance>
makeCompiler(std::shared_ptr<clang::CompilerInvocation> Invocation,
             FileSystemRef Files, clang::DiagnosticConsumer *Client) {
#if CLANG_VERSION_MAJOR >= 21
  auto Compiler =
      std::make_unique<clang::CompilerInstance>(std::move(Invocation));
#else
  auto Compiler = std::make_unique<clang::CompilerInstance>();
  Compiler->setInvocation(std::move(Invocation));
#endif
#if CLANG_VERSION_MAJOR >= 22
  Compiler->createVirtualFileSystem(Files, Client);
  Compiler->createDiagnostics(Client, /*ShouldOwnClient=*/false);
  Compiler->createFileManager();
#elif CLANG_VERSION_MAJOR >= 20
  Compiler->createDiagnostics(*Files, Client, /*ShouldOwnClient=*/false);
  Compiler->createFileManager(Files);
#else
  Compiler->createDiagnostics(Client, /*ShouldOwnClient=*/false);
  Compiler->createFileManager(Files);
#endif
  return Compiler;
}

/// The requires-clause behind a function's declarator (Clang 21 put it into a
/// struct); null when there is none.
inline const clang::Expr *trailingRequires(const clang::FunctionDecl *Function) {
#if CLANG_VERSION_MAJOR >= 21
  return Function->getTrailingRequiresClause().ConstraintExpr;
#else
  return Function->getTrailingRequiresClause();
#endif
}

} // namespace weft::compat

#endif // WEFT_SUPPORT_CLANGCOMPAT_H
