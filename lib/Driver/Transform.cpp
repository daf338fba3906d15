//===- Transform.cpp - From a translation unit to its output -------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/Transform.h"
#include "Analysis/Coroutines.h"
#include "Analysis/FiberLints.h"
#include "Analysis/Fibers.h"
#include "Analysis/Suspension.h"
#include "Driver/Attempt.h"
#include "Driver/FrameNames.h"
#include "Driver/TextChecks.h"
#include "Emit/JsonWriter.h"
#include "Flow/Verify.h"
#include "Lowering/FunctionLowering.h"
#include "Rewrite/CoroutineEdits.h"
#include "Rewrite/Entry.h"
#include "Rewrite/FiberEdits.h"
#include "Rewrite/FramePlace.h"
#include "Rewrite/HandedEntries.h"
#include "Rewrite/InPlace.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using namespace clang;
using namespace weft;

static std::optional<uint64_t> frameAlign(const FrameLayout &Layout) {
  uint64_t Align = 8;
  for (const FrameItem &Item : Layout.Items)
    Align = std::max<uint64_t>(Align, Item.Align.value_or(1));
  return Align;
}

/// One attempt, with what \p Choice leaves out; null: not all are to be green.
static TransformResult transformOnce(TranslationUnit &Unit, const TransformOptions &Options,
                                     GreenChoice *Choice, Attempt *Trial) {
  Reporter Report(Unit.AST.getDiagnostics(), Options.Warnings);
  TransformResult Result;
  SourceText Text(Unit.Sources, Unit.AST.getLangOpts(), Unit.Tokens);
  Colours Colour(Unit);
  SuspensionMap Suspends(Colour);
  SourceEdits Edits(Unit.Sources, Unit.AST.getLangOpts(), Text);
  std::set<std::string> FrameNames;
  llvm::json::Array Functions;

  std::vector<Coroutine> Coroutines = findCoroutines(Unit, Report);
  InPlaceUses InPlace(Unit, Coroutines);
  InPlace.edit(Edits);
  std::vector<FiberReason> Reasons;
  for (Coroutine &Each : findFibers(Unit, Report, Colour, Reasons, Choice))
    Coroutines.push_back(std::move(Each));
  // Inner functions are finished before the text of the outer ones is taken,
  // and frames before those that hold them.
  llvm::stable_sort(Coroutines, [&](const Coroutine &A, const Coroutine &B) {
    return Unit.Sources.isBeforeInTranslationUnit(A.Function->getBody()->getEndLoc(),
                                                  B.Function->getBody()->getEndLoc());
  });
  if (!Options.Explain.empty()) {
    Result.Text = explain(Unit, Reasons, Colour, Options.Explain);
    Result.Ok = !Result.Text.empty();
    if (!Result.Ok)
      Report.report(SourceLocation(), Diag::NothingToExplain) << Options.Explain;
    return Result;
  }
  if (!Trial && !Report.hasErrors())
    lintFibers(Unit, Coroutines, Colour, Report);
  for (const Coroutine &Each : Coroutines)
    Colour.moves(Each.Function);
  declareEntries(Unit, Colour, Edits);
  handOnEntries(Unit, Colour, Edits);
  PragmaCheck Pragmas(Unit, Text, Report);
  HeldFrames Frames;
  for (const Coroutine &What : Coroutines) {
    if (Trial)
      Trial->blame(What.Function, Colour);
    if (!prepareText(What, Unit, Text, Report))
      continue;
    FramePlacement Place = placementOf(What, Text);
    const HeldFrames Held = framesFor(What, Frames, Unit);
    FunctionLowering Lowering(Unit, Text, Report, Suspends, What,
                              Place.TemplateArguments, InPlace.calls(), Held);
    const std::string Decisions = Lowering.decisions();
    if (What.isActivation() && What.Dependent && !Decisions.empty() &&
        sharesStatic(What, Unit.Sources)) {
      Report.report(What.Function->getLocation(), Diag::FiberTemplate)
          << "a static variable beside calls that depend on their parameters";
      continue;
    }
    std::optional<Flow> F =
        Lowering.run(frameName(What, Unit.AST, Decisions, FrameNames));
    Pragmas.check(What.Function);
    if (Options.Nodes)
      recordNodes(What.Function, F.has_value(), Suspends, *Options.Nodes);
    if (!F)
      continue;
    if (What.IsFiber) {
      F->BaseType = "weft::fiber_frame<" + F->ReturnType + ">";
      // weft_activation: two pointers, the state and the flags; and `into`.
      F->HeaderBytes = What.Type.Returns->isVoidType() ? 19 : 32;
    } else {
      F->BaseType = baseTypeOf(What, Text);
      F->HeaderBytes = headerBytesOf(What, Unit.AST);
    }
    F->File = Unit.Sources.getPresumedLoc(What.Function->getLocation()).getFilename();
    if (std::string Wrong = verify(*F); !Wrong.empty()) {
      Report.report(What.Function->getLocation(), Diag::Internal) << Wrong;
      continue;
    }
    FrameLayout Layout = layOut(*F, findCrossing(*F));
    Functions.push_back(toJson(*F, Layout));
    if (What.IsFiber && !What.Dependent && !Place.InFunction && !What.Lambda &&
        llvm::none_of(What.Function->parameters(),
                      [](const ParmVarDecl *P) { return !P->isReferenced(); }))
      Frames[What.Function->getCanonicalDecl()] = {F->FrameName, Layout.Size,
                                                   frameAlign(Layout)};
    const TransformedFunction Function{What, *F, Layout, Place};
    if (What.IsFiber)
      editFiber(Function, Edits, Options.LineDirectives);
    else
      editCoroutine(Function, InPlace.callersOf(What), Edits,
                    Options.LineDirectives);
  }
  if (Trial)
    return Result;
  Pragmas.check(nullptr);
  if (Choice)
    reportLeftOut(*Choice, Colour, Report);
  if (Report.hasErrors())
    return Result;
  if (Options.Emit == EmitKind::Json) {
    llvm::raw_string_ostream Stream(Result.Text);
    Stream << llvm::formatv("{0:2}\n",
                            llvm::json::Value(llvm::json::Object{
                                {"weft", 1},
                                {"functions", std::move(Functions)},
                                {"in_place", InPlace.toJson()}}));
  } else {
    // A fiber function can be declared where no header of Weft's is included.
    Result.Text = writeOutput(Unit, Edits.take(), Options.LineDirectives,
                              Colour.any() ? "#include <weft/callable.h>\n" : "");
  }
  Result.Ok = true;
  return Result;
}

TransformResult weft::transform(TranslationUnit &Unit, const TransformOptions &Options) {
  if (!Options.GreenAll)
    return transformOnce(Unit, Options, nullptr, nullptr);
  // Each attempt leaves out what the one before could not do.
  GreenChoice Choice;
  for (bool Learned = true; Learned;) {
    Attempt Trial(Unit, Choice);
    transformOnce(Unit, Options, &Choice, &Trial);
    Unit.restoreNames();
    Learned = Trial.learned();
  }
  return transformOnce(Unit, Options, &Choice, nullptr);
}
