//===- Attempt.h - A transformation whose errors teach --------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// With `--green-all` a function that cannot be green stays as it is. Which these
// are shows when it is tried.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_DRIVER_ATTEMPT_H
#define WEFT_DRIVER_ATTEMPT_H

#include "Analysis/Green.h"
#include "Frontend/TranslationUnit.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/SmallString.h"
#include <memory>

namespace weft {

/// Keeps the errors of an attempt from being printed, and lays the blame.
class Attempt : public clang::DiagnosticConsumer {
public:
  Attempt(TranslationUnit &Unit, GreenChoice &Choice)
      : Unit(Unit), Engine(Unit.AST.getDiagnostics()), Choice(Choice),
        Printer(Engine.getClient()), Owner(Engine.takeClient()) {
    Engine.setClient(this, /*ShouldOwnClient=*/false);
    Engine.setErrorLimit(0); // Each is something to learn.
  }
  ~Attempt() override {
    Engine.Reset(/*soft=*/true);
    Engine.setErrorLimit(Engine.getDiagnosticOptions().ErrorLimit);
    const bool Owned = Owner.release() != nullptr;
    Engine.setClient(Printer, Owned);
  }

  /// That what is reported from here on is about \p Function.
  void blame(const clang::FunctionDecl *F, const Colours &Of) {
    Function = F;
    Colour = &Of;
  }
  /// Whether something was left out for the next attempt.
  bool learned() const { return Learned; }

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override {
    clang::DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < clang::DiagnosticsEngine::Error || !Function)
      return;
    llvm::SmallString<128> Why;
    Info.FormatDiagnostic(Why);
    Learned |= Choice.leaveOut(Function, Info.getLocation(), Why.str().str(), *Colour,
                               Unit.Sources);
  }

private:
  TranslationUnit &Unit;
  clang::DiagnosticsEngine &Engine;
  GreenChoice &Choice;
  clang::DiagnosticConsumer *const Printer;
  std::unique_ptr<clang::DiagnosticConsumer> Owner; ///< Of the printer; may be null.
  const clang::FunctionDecl *Function = nullptr;
  const Colours *Colour = nullptr;
  bool Learned = false;
};

} // namespace weft

#endif // WEFT_DRIVER_ATTEMPT_H
