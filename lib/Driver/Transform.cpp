//===- Transform.cpp - From a translation unit to its output -------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/Transform.h"
#include "Analysis/Coroutines.h"
#include "Analysis/Fibers.h"
#include "Analysis/Suspension.h"
#include "Emit/JsonWriter.h"
#include "Flow/Verify.h"
#include "Lowering/FunctionLowering.h"
#include "Rewrite/CoroutineEdits.h"
#include "Rewrite/Entry.h"
#include "Rewrite/FiberEdits.h"
#include "Rewrite/FramePlace.h"
#include "Rewrite/FunctionHead.h"
#include "Rewrite/HandedEntries.h"
#include "Rewrite/InPlace.h"
#include "Rewrite/Sibling.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/IdentifierTable.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <set>

using namespace clang;
using namespace weft;

/// A name for the frame that depends on the function alone, and, where several
/// translation units may have the same function, on its \p Decisions.
static std::string frameName(const Coroutine &What, ASTContext &Context,
                             const std::string &Decisions, std::set<std::string> &Taken) {
  const FunctionDecl *F = What.Function;
  std::string Name = What.Lambda ? "lambda" : F->getNameAsString();
  if (What.Lambda || !F->getIdentifier()) {
    std::string Plain = What.Lambda ? "lambda" : "operator";
    if (!What.Lambda && F->isOverloadedOperator())
      Plain = "operator_" + std::to_string(unsigned(F->getOverloadedOperator()));
    Name = Plain;
  }
  // Overloads differ by their parameters.
  unsigned Overloads = 0;
  if (!What.Lambda && hasInternalFrame(F, Context.getSourceManager()))
    for (const NamedDecl *D : F->getDeclContext()->lookup(F->getDeclName()))
      Overloads += isa<FunctionDecl, FunctionTemplateDecl>(D);
  if (Overloads > 1)
    for (const ParmVarDecl *P : F->parameters()) {
      Name += '_';
      for (char C : P->getType().getAsString())
        if (isAlphanumeric(C))
          Name += C;
        else if (C == '&' || C == '*')
          Name += C == '&' ? 'r' : 'p';
    }
  // Frames of functions in headers are the same in every translation unit, and
  // differ whatever overloads each of these sees.
  const bool Internal = hasInternalFrame(F, Context.getSourceManager());
  auto hashed = [](const std::string &Text) {
    return "_" + llvm::utohexstr(llvm::xxh3_64bits(Text) & 0xffffff, true, 6);
  };
  if (What.Lambda && !Internal && !Decisions.empty())
    Name += hashed(Decisions); // Its function tells the rest.
  if (!Internal && !What.Lambda) {
    std::string Signature = F->getQualifiedNameAsString() + " " +
                            F->getType().getCanonicalType().getAsString() + Decisions;
    if (const FunctionTemplateDecl *Template = F->getDescribedFunctionTemplate()) {
      llvm::raw_string_ostream Header(Signature);
      Template->getTemplateParameters()->print(Header, Context);
    }
    Name += hashed(Signature);
  }
  Name += "_frame";
  while (Context.Idents.find(Name) != Context.Idents.end())
    Name = "weft_" + Name;
  std::string Unique = Name;
  for (unsigned N = 2; !Taken.insert(Unique).second; ++N)
    Unique = Name + "_" + std::to_string(N);
  return Unique;
}

static std::optional<uint64_t> frameAlign(const FrameLayout &Layout) {
  uint64_t Align = 8;
  for (const FrameItem &Item : Layout.Items)
    Align = std::max<uint64_t>(Align, Item.Align.value_or(1));
  return Align;
}

/// What names the namespace of \p Function inside of \p From: `a::b::`.
static std::string spaceOf(const FunctionDecl *Function, const FunctionDecl *From) {
  std::string Name;
  for (const DeclContext *At = Function->getDeclContext(); At; At = At->getParent())
    if (const auto *Space = dyn_cast<NamespaceDecl>(At);
        Space && !Space->isAnonymousNamespace() && !Space->isInline() &&
        !Space->Encloses(From))
      Name = Space->getName().str() + "::" + Name;
  return Name;
}

/// The frames that \p What can hold: those that stand in front of it, and whose
/// linkage is not less than its own frame's.
static HeldFrames framesFor(const Coroutine &What, const HeldFrames &All,
                            const TranslationUnit &Unit) {
  HeldFrames Found;
  if (!What.isActivation())
    return Found;
  const bool Internal = hasInternalFrame(What.Function, Unit.Sources);
  for (const auto &[Function, Frame] : All)
    if (const FunctionDecl *Definition = Function->getDefinition();
        Definition && Unit.Sources.isBeforeInTranslationUnit(
                          Definition->getBody()->getEndLoc(),
                          What.Function->getBeginLoc()) &&
        (Internal || !hasInternalFrame(Definition, Unit.Sources))) {
      Found[Function] = Frame;
      Found[Function].Name = spaceOf(Definition, What.Function) + Frame.Name;
    }
  return Found;
}

/// What would make the analysis and the compiler see different functions.
static bool checkText(const Coroutine &What, TranslationUnit &Unit,
                      const SourceText &Text, Reporter &Report) {
  const SourceManager &Sources = Unit.Sources;
  const Stmt *Body = What.Function->getBody();
  const SourceLocation Open = Sources.getFileLoc(Body->getBeginLoc());
  const SourceLocation Close = Sources.getFileLoc(Body->getEndLoc());
  const SourceLocation Start = Sources.getFileLoc(startOf(What.Function, Text));
  if (Sources.getFileID(Open) != Sources.getFileID(Close) ||
      Sources.getFileID(Start) != Sources.getFileID(Open)) {
    Report.report(Open, Diag::SplitByInclude) << What.Function;
    return false;
  }
  FileID File = Sources.getFileID(Open);
  for (FileID At = File; At != Sources.getMainFileID();) {
    At = Sources.getFileID(Sources.getIncludeLoc(At));
    if (At.isInvalid() || !Sources.getFileEntryRefForID(At)) {
      Report.report(Open, Diag::ForcedInclude) << What.Function;
      return false;
    }
  }
  unsigned Begin = Sources.getFileOffset(Start);
  unsigned End = Sources.getFileOffset(Close);
  bool Fine = true;
  for (const IncludeDirective &I : Unit.Includes)
    if (I.Includer == File && I.Begin > Begin && I.Begin < End) {
      Report.report(Open, Diag::SplitByInclude) << What.Function;
      Fine = false;
    }
  if (Unit.ProbesMayDiffer)
    for (const Directive &D : Unit.Directives)
      if (D.What == Directive::Kind::Conditional && D.File == File &&
          D.Begin > Begin && D.Begin < End)
        for (const std::string &Macro : D.Macros)
          if (isCompilerProbe(Macro)) {
            Report.report(Sources.getLocForStartOfFile(File).getLocWithOffset(D.Begin),
                          Diag::CompilerIdentity)
                << Macro;
            Fine = false;
          }
  return Fine;
}

namespace {

/// Keeps the errors of an attempt from being printed, and lays the blame.
class Attempt : public DiagnosticConsumer {
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
  void blame(const FunctionDecl *F, const Colours &Of) {
    Function = F;
    Colour = &Of;
  }
  /// Whether something was left out for the next attempt.
  bool learned() const { return Learned; }

  void HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < DiagnosticsEngine::Error || !Function)
      return;
    llvm::SmallString<128> Why;
    Info.FormatDiagnostic(Why);
    Learned |= Choice.leaveOut(Function, Info.getLocation(), Why.str().str(), *Colour,
                               Unit.Sources);
  }

private:
  TranslationUnit &Unit;
  DiagnosticsEngine &Engine;
  GreenChoice &Choice;
  DiagnosticConsumer *const Printer;
  std::unique_ptr<DiagnosticConsumer> Owner; ///< Of the printer; may be null.
  const FunctionDecl *Function = nullptr;
  const Colours *Colour = nullptr;
  bool Learned = false;
};

} // namespace

/// Whether a macro is called at \p Call, in a file, in \p Body or around it.
static bool isWithin(SourceLocation Call, SourceRange Body, const SourceManager &Sources) {
  const SourceLocation Begin = Sources.getExpansionLoc(Body.getBegin());
  const SourceLocation End = Sources.getExpansionLoc(Body.getEnd());
  return !Sources.isBeforeInTranslationUnit(Call, Begin) &&
         !Sources.isBeforeInTranslationUnit(End, Call);
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
  for (const Coroutine &Each : Coroutines)
    Colour.moves(Each.Function);
  declareEntries(Unit, Colour, Edits);
  handOnEntries(Unit, Colour, Edits);
  // What changes in a function is the function's fault.
  std::vector<SourceLocation> Pragmas = Unit.PragmaCalls;
  auto checkPragmas = [&](const FunctionDecl *In) {
    const SourceRange Body = In ? In->getBody()->getSourceRange() : SourceRange();
    llvm::erase_if(Pragmas, [&](SourceLocation Call) {
      if ((In && !isWithin(Call, Body, Unit.Sources)) || !Text.changesCallAt(Call))
        return false;
      Report.report(Call, Diag::MacroPragma);
      return true;
    });
  };
  HeldFrames Frames;
  for (const Coroutine &What : Coroutines) {
    if (Trial)
      Trial->blame(What.Function, Colour);
    if (!checkText(What, Unit, Text, Report))
      continue;
    FramePlacement Place = placementOf(What, Text);
    const HeldFrames Held = framesFor(What, Frames, Unit);
    FunctionLowering Lowering(Unit, Text, Report, Suspends, What,
                              Place.TemplateArguments, InPlace.calls(), Held);
    std::optional<Flow> F = Lowering.run(
        frameName(What, Unit.AST, Lowering.decisions(), FrameNames));
    checkPragmas(What.Function);
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
  checkPragmas(nullptr);
  if (Choice)
    reportLeftOut(*Choice, Report);
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
