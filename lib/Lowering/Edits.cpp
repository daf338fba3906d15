//===- Edits.cpp - What changes inside verbatim text ---------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Statements and expressions that do not suspend keep the user's text but for:
//
//   a lifted reference r          (*r)          r.x becomes r->x
//   a structured binding          the member of the object it names
//   a renamed variable            its new name
//   this, implicit or not         self
//   decltype(variable)            its type: the name may be a reference now
//   __func__                      the function's name
//   throw variable                throw std::move(variable), where that is meant
//   class(m) of a deduced type    the type, where m has been converted before
//   return, break, continue,      what they leave is destroyed first
//   goto
//   [=] and [&] of the above      the capture is written out
//
// Before: if (c) { lock g(m); break; }            with an object to destroy
// After:  if (c) { lock g(m); goto leave_1; }     so that g goes first
//
//===----------------------------------------------------------------------===//

#include "Analysis/ImplicitMoves.h"
#include "Analysis/NodeKinds.h"
#include "Lowering/FunctionLowering.h"
#include "Support/AstVisitor.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;
using namespace weft;

namespace weft {

/// Memory that the function frees as it returns, and places on the stack: the
/// function that runs between two pauses is another one each time.
static bool usesNativeFrame(const FunctionDecl *Callee) {
  switch (Callee->getBuiltinID()) {
  case Builtin::BIalloca:
  case Builtin::BI__builtin_alloca:
  case Builtin::BI__builtin_alloca_uninitialized:
  case Builtin::BI__builtin_alloca_with_align:
  case Builtin::BI__builtin_alloca_with_align_uninitialized:
  case Builtin::BI__builtin_frame_address:
  case Builtin::BI__builtin_return_address:
    return true;
  default:
    return false;
  }
}

class VerbatimEdits : public AstVisitor {
public:
  VerbatimEdits(FunctionLowering &L, std::vector<Exit> *Exits, Nodes *Stubs)
      : L(L), Exits(Exits), Stubs(Stubs) {}

  std::set<VarId> Uses;

  // --- Names ---

  bool VisitDeclRefExpr(DeclRefExpr *E) override {
    const ValueDecl *D = E->getDecl();
    if (auto It = L.NewNames.find(D); It != L.NewNames.end())
      L.Text.replace(E->getSourceRange(), It->second);
    if (auto It = L.Bindings.find(D); It != L.Bindings.end()) {
      use(L.Lifted.lookup(decomposed(D)));
      if (auto Held = L.HeldBy.find(D); Held != L.HeldBy.end())
        use(Held->second);
      if (!Recaptured.count(D))
        L.Text.replace(E->getSourceRange(), It->second);
      return true;
    }
    auto It = L.Lifted.find(D);
    if (It == L.Lifted.end())
      return true;
    use(It->second);
    if (Recaptured.count(D))
      return true;
    const Variable &V = L.F.Variables[It->second];
    if (V.isIndirect())
      pointer(E, V);
    else if (V.Name != V.Declared)
      L.Text.replace(E->getSourceRange(), V.Name);
    return true;
  }

  bool VisitMemberExpr(MemberExpr *E) override {
    if (E->isImplicitAccess() && L.HasSelf && !InLocalClass)
      self(E->getBeginLoc(), E->hasExplicitTemplateArgs() && !E->hasQualifier());
    return true;
  }
  bool VisitUnresolvedMemberExpr(UnresolvedMemberExpr *E) override {
    if (E->isImplicitAccess() && L.HasSelf && !InLocalClass)
      self(E->getBeginLoc(), E->hasExplicitTemplateArgs() && !E->getQualifier());
    return true;
  }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) override {
    if (E->isImplicitAccess() && L.HasSelf && !InLocalClass)
      self(E->getBeginLoc());
    return true;
  }
  /// `base<T>::f()` does not show that it is a member.
  bool VisitDependentScopeDeclRefExpr(DependentScopeDeclRefExpr *E) override {
    if (L.HasSelf && !InLocalClass &&
        L.Suspends.colours().instances().isMember(E->getBeginLoc()))
      self(E->getBeginLoc());
    return true;
  }
  bool VisitCXXThisExpr(CXXThisExpr *E) override {
    if (!E->isImplicit() && L.HasSelf && !InLocalClass) {
      L.Text.replace(E->getSourceRange(), "(&" + L.Self + ")");
      use(L.SelfVar);
    }
    return true;
  }

  bool VisitCXXThrowExpr(CXXThrowExpr *E) override {
    if (InLambda || InLocalClass)
      return true;
    const ImplicitMove Move =
        movedByThrow(E, L.What.Function, L.Unit, L.Suspends.colours().instances());
    const VarDecl *Moved = Move.From;
    if (!Moved || !L.Lifted.count(Moved))
      return true;
    if (Move.Differs)
      L.rejectOnce(E, Diag::InstantiationsDiffer, "a move constructor");
    const std::string Whole = L.movedText(Moved, "|"); // Around the name.
    const size_t Middle = Whole.find('|');
    L.Text.insertBefore(E->getSubExpr()->getBeginLoc(), Whole.substr(0, Middle));
    L.Text.insertAfter(E->getSubExpr()->getEndLoc(), Whole.substr(Middle + 1));
    return true;
  }
  bool VisitVarDecl(VarDecl *D) override {
    const Expr *Init = D->getInit();
    const auto *Construct = Init ? dyn_cast<CXXConstructExpr>(Init->IgnoreImplicit()) : nullptr;
    if (Construct && !InLambda && !InLocalClass && D->getTypeSourceInfo())
      for (const Expr *Arg : Construct->arguments())
        nameDeduced(D->getTypeSourceInfo(), D->getType(), Arg);
    return true;
  }
  bool VisitCXXTemporaryObjectExpr(CXXTemporaryObjectExpr *E) override {
    for (const Expr *Arg : E->arguments())
      nameDeduced(E->getTypeSourceInfo(), E->getType(), Arg);
    return true;
  }
  bool VisitCXXFunctionalCastExpr(CXXFunctionalCastExpr *E) override {
    const Expr *Made = E->getSubExpr()->IgnoreImplicit();
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Made))
      for (const Expr *Arg : Construct->arguments())
        nameDeduced(E->getTypeInfoAsWritten(), E->getType(), Arg);
    return true;
  }

  /// What `assert` says before it ends the program may be in Clang's words.
  bool VisitCallExpr(CallExpr *Call) override {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (Callee && Callee->getIdentifier() && Callee->getName() == "__assert_fail")
      for (const Expr *Arg : Call->arguments()) {
        Arg = Arg->IgnoreParenImpCasts();
        if (const auto *Extension = dyn_cast<UnaryOperator>(Arg))
          Arg = Extension->getSubExpr()->IgnoreParenImpCasts();
        ForAssertion.insert(Arg);
      }
    return true;
  }

  bool VisitPredefinedExpr(PredefinedExpr *E) override {
    if (InLambda || InLocalClass)
      return true;
    if ((E->getIdentKind() == PredefinedIdentKind::PrettyFunction &&
         !ForAssertion.count(E)) ||
        !E->getFunctionName()) {
      L.rejectOnce(E, Diag::PrettyFunction);
      return true;
    }
    L.Text.replace(E->getSourceRange(),
                   "\"" + E->getFunctionName()->getString().str() + "\"");
    return true;
  }

  bool VisitDecltypeTypeLoc(DecltypeTypeLoc Loc) override {
    const Expr *E = Loc.getUnderlyingExpr();
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
    if (!Ref)
      return true;
    const ValueDecl *D = Ref->getDecl();
    auto It = L.Lifted.find(D);
    if (It == L.Lifted.end() && !L.Bindings.count(D))
      return true;
    // The name denotes something else now: an object behind a reference.
    const QualType T = D->getType();
    std::string Type;
    if (!T->isDependentType() && L.mayName(T))
      Type = L.Types.type(TypeSpelling::deduced(T));
    else if (It == L.Lifted.end())
      L.rejectOnce(E, Diag::DependentAuto, D->getName());
    else
      Type = L.declaredType(It->second);
    if (!Type.empty())
      L.Text.replace(SourceRange(Loc.getDecltypeLoc(), Loc.getRParenLoc()), Type);
    return true;
  }

  // --- Lambdas and local classes ---

  bool TraverseLambdaExpr(LambdaExpr *E) override {
    // What the closure captures under a name that is no longer a variable of
    // that kind gets an init-capture; its uses inside stay as they are.
    std::string Extra;
    std::set<const ValueDecl *> Here;
    bool ThisByCopyDefault = false;
    for (const LambdaCapture &C : E->captures()) {
      if (C.capturesThis()) {
        captureThis(C, E, Extra, ThisByCopyDefault);
        continue;
      }
      if (!C.capturesVariable())
        continue;
      const ValueDecl *D = C.getCapturedVar();
      // A static variable is not captured; a copy, or a reference, may be.
      if (const auto *V = dyn_cast<VarDecl>(D);
          V && C.isExplicit() && !E->isInitCapture(&C) &&
          (L.Kept.count(V) || L.Hoisted.count(V))) {
        const std::string Name = V->getName().str();
        L.Text.replace(SourceRange(C.getLocation()), Name + " = " + Name);
        continue;
      }
      std::string Now = Recaptured.count(D) ? std::string() : renamed(D);
      if (Now.empty() || (E->isInitCapture(&C)))
        continue;
      bool ByRef = C.getCaptureKind() == LCK_ByRef;
      if (!ByRef && D->getType().getNonReferenceType()->isArrayType()) {
        L.rejectOnce(E, Diag::ArrayCapture);
        continue;
      }
      std::string Capture =
          (ByRef ? "&" : "") + D->getName().str() + " = " + Now;
      if (C.isExplicit()) {
        SourceRange R(C.getLocation());
        // `&x`: the location is the name's; keep the ampersand that is there.
        L.Text.replace(R, D->getName().str() + " = " + Now);
      } else {
        Extra += ", " + Capture;
      }
      Here.insert(D);
    }
    // In a template Clang leaves implicit captures to the instantiation.
    if (L.F.Dependent && E->getCaptureDefault() != LCD_None)
      for (const ValueDecl *D : namedIn(E)) {
        std::string Now = Recaptured.count(D) ? std::string() : renamed(D);
        if (Now.empty() || !Here.insert(D).second)
          continue;
        if (E->getCaptureDefault() == LCD_ByCopy && D->getType()->isArrayType())
          L.rejectOnce(E, Diag::ArrayCapture);
        Extra += std::string(", ") +
                 (E->getCaptureDefault() == LCD_ByRef ? "&" : "") +
                 D->getName().str() + " = " + Now;
      }
    if (!Extra.empty())
      L.Text.insertAfter(E->getCaptureDefaultLoc(), Extra);
    std::vector<const ValueDecl *> Added;
    for (const ValueDecl *D : Here)
      if (Recaptured.insert(D).second)
        Added.push_back(D);
    // Init-captures are evaluated outside.
    for (unsigned I = 0; I < E->capture_size(); ++I)
      if (E->isInitCapture(E->capture_begin() + I))
        TraverseStmt(*(E->capture_init_begin() + I));
    ++InLambda;
    for (ParmVarDecl *P : E->getCallOperator()->parameters())
      TraverseDecl(P);
    TraverseStmt(E->getBody());
    --InLambda;
    for (const ValueDecl *D : Added)
      Recaptured.erase(D);
    return true;
  }

  /// What stands for a variable now, when that is not a variable of its name.
  std::string renamed(const ValueDecl *D) {
    if (auto It = L.Bindings.find(D); It != L.Bindings.end())
      return It->second;
    auto It = L.Lifted.find(D);
    if (It == L.Lifted.end())
      return {};
    use(It->second);
    const Variable &V = L.F.Variables[It->second];
    if (V.isIndirect())
      return "*" + V.Name;
    return V.Name != V.Declared ? V.Name : std::string();
  }

  /// The variables that a lambda names and that are not its own.
  llvm::SmallVector<const ValueDecl *, 0> namedIn(const LambdaExpr *E) const {
    class Find : public AstVisitor {
    public:
      llvm::SetVector<const ValueDecl *> Found;
      bool VisitDeclRefExpr(DeclRefExpr *E) override {
        Found.insert(E->getDecl());
        return true;
      }
    } Names;
    Names.TraverseStmt(E->getBody());
    for (const LambdaCapture &C : E->captures())
      if (C.capturesVariable())
        Names.Found.remove(C.getCapturedVar());
    return Names.Found.takeVector();
  }

  bool TraverseCXXRecordDecl(CXXRecordDecl *D) override {
    ++InLocalClass;
    bool Continue = AstVisitor::TraverseCXXRecordDecl(D);
    --InLocalClass;
    return Continue;
  }

  // --- Ways out ---

  bool TraverseForStmt(ForStmt *S) override { return loop(S, true); }
  bool TraverseWhileStmt(WhileStmt *S) override { return loop(S, true); }
  bool TraverseDoStmt(DoStmt *S) override { return loop(S, true); }
  bool TraverseCXXForRangeStmt(CXXForRangeStmt *S) override { return loop(S, true); }
  bool TraverseSwitchStmt(SwitchStmt *S) override { return loop(S, false); }

  bool VisitLabelStmt(LabelStmt *S) override {
    if (!InLambda) {
      Own.insert(S->getDecl());
      L.LevelOfLabel[S->getDecl()->getName().str()] = L.Alive;
    }
    return true;
  }
  bool VisitBreakStmt(BreakStmt *S) override {
    if (!InLambda && !InLocalClass && Breakable == 0)
      leave(S, Exit::Kind::Break, "",
            L.Breaks.empty() ? 0 : L.Breaks.back().Level);
    return true;
  }
  bool VisitContinueStmt(ContinueStmt *S) override {
    if (!InLambda && !InLocalClass && Loops == 0)
      leave(S, Exit::Kind::Continue, "",
            L.Continues.empty() ? 0 : L.Continues.back().Level);
    return true;
  }
  bool VisitGotoStmt(GotoStmt *S) override {
    if (!InLambda && !InLocalClass)
      Gotos.push_back(S);
    return true;
  }
  bool VisitReturnStmt(ReturnStmt *S) override {
    if (!InLambda && !InLocalClass)
      leave(S, Exit::Kind::Return, "", 0);
    return true;
  }
  bool VisitDeclStmt(DeclStmt *S) override {
    if (!InLambda)
      for (const Decl *D : S->decls())
        if (const auto *V = dyn_cast<VarDecl>(D))
          NativeDestructors |= !V->isStaticLocal() &&
                               (L.hasDestructor(V->getType()) ||
                                (V->getType()->isReferenceType()));
    return true;
  }
  bool VisitCXXCatchStmt(CXXCatchStmt *) override { return NativeDestructors = true; }

  // --- What cannot be in a coroutine ---

  bool VisitStmt(Stmt *S) override {
    if (InLambda || InLocalClass)
      return true;
    NodeKind Kind = kindOf(S);
    const auto *Asm = dyn_cast<GCCAsmStmt>(S);
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!mayOccur(Kind))
      L.rejectOnce(S, Diag::UnsupportedNode, Kind.Words);
    else if (Asm && Asm->isAsmGoto())
      L.rejectOnce(S, Diag::UnsupportedNode, "'asm goto'");
    else if (Callee && Callee->hasAttr<ReturnsTwiceAttr>())
      L.rejectOnce(S, Diag::UnsupportedNode, "'setjmp'");
    else if (Callee && usesNativeFrame(Callee))
      L.rejectOnce(S, Diag::UnsupportedNode,
                   "'" + Callee->getNameAsString() + "', which is about the native stack,");
    return true;
  }

  void finish() {
    for (const GotoStmt *S : Gotos)
      if (!Own.count(S->getLabel()))
        leave(S, Exit::Kind::Goto, S->getLabel()->getName().str(), 0);
  }

private:
  void use(VarId Id) {
    Uses.insert(Id);
    L.F.Variables[Id].Mentioned = true;
    if (InLambda)
      L.F.Variables[Id].Captured = true;
  }

  const ValueDecl *decomposed(const ValueDecl *D) const {
    return cast<BindingDecl>(D)->getDecomposedDecl();
  }

  /// \p Arg has been converted ahead of this, or a variable stands for it: another type
  /// might be deduced from that, or none.
  void nameDeduced(const TypeSourceInfo *Written, QualType T, const Expr *Arg) {
    if (T->isDependentType() ||
        !Written->getType()->getAs<DeducedTemplateSpecializationType>() ||
        !(L.isTakenAhead(Arg) || L.Values.count(L.bareValue(Arg))))
      return;
    L.Text.replace(Written->getTypeLoc().getSourceRange(), L.Types.type(T.getCanonicalType()));
  }

  /// \p NamesTemplate: `<` follows, which in a template could be an operator.
  void self(SourceLocation Where, bool NamesTemplate = false) {
    use(L.SelfVar);
    if (L.Inserted.insert(Where.getRawEncoding()).second)
      L.Text.insertBefore(Where, L.Self + (NamesTemplate && L.F.Dependent ? ".template " : "."));
  }

  /// `r.x` reads better as `r->x` than as `(*r).x`.
  void pointer(DeclRefExpr *E, const Variable &V) {
    SourceLocation Next = L.Text.next(E->getEndLoc());
    std::string NextText = Next.isValid() ? L.Text.spelling(Next) : "";
    if (Next.isValid() && NextText == "." && Next.isFileID() &&
        E->getEndLoc().isFileID()) {
      L.Text.replace(SourceRange(E->getBeginLoc(), Next), V.Name + "->");
      return;
    }
    // `*r`, unless a postfix operator follows or a slash makes a comment of it.
    llvm::StringRef After = Next.isValid() ? NextText : llvm::StringRef();
    bool Postfix = After == "[" || After == "(" || After == "." ||
                   After == "->" || After == "++" || After == "--" || After == "{";
    std::string Previous = L.Text.previous(E->getBeginLoc());
    bool Plain = !Postfix && Previous != "/" && Previous != "*" && Previous != "&" &&
                 Previous != "-" && Previous != "+" && E->getBeginLoc().isFileID();
    L.Text.replace(E->getSourceRange(),
                   Plain ? "*" + V.Name : "(*" + V.Name + ")");
  }

  void captureThis(const LambdaCapture &C, const LambdaExpr *E,
                   std::string &Extra, bool &) {
    if (!L.HasSelf || InLocalClass)
      return;
    use(L.SelfVar);
    L.F.Variables[L.SelfVar].Captured = true;
    if (C.getCaptureKind() == LCK_StarThis) {
      // The location is the star's.
      SourceLocation This = L.Text.next(C.getLocation());
      L.Text.replace(SourceRange(C.getLocation(), This),
                     L.Self + " = " + L.Self);
    } else if (C.isExplicit()) {
      // Behind `&` no plain capture by reference may stand.
      const bool IsRefDefault = E->getCaptureDefault() == LCD_ByRef;
      L.Text.replace(SourceRange(C.getLocation()),
                     "&" + L.Self + (IsRefDefault ? " = " + L.Self : ""));
    } else if (E->getCaptureDefault() == LCD_ByCopy) {
      Extra += ", &" + L.Self;
    }
  }

  template <class LoopStmt> bool loop(LoopStmt *S, bool IsLoop) {
    ++Breakable;
    Loops += IsLoop;
    bool Continue;
    if constexpr (std::is_same_v<LoopStmt, ForStmt>)
      Continue = AstVisitor::TraverseForStmt(S);
    else if constexpr (std::is_same_v<LoopStmt, WhileStmt>)
      Continue = AstVisitor::TraverseWhileStmt(S);
    else if constexpr (std::is_same_v<LoopStmt, DoStmt>)
      Continue = AstVisitor::TraverseDoStmt(S);
    else if constexpr (std::is_same_v<LoopStmt, SwitchStmt>)
      Continue = AstVisitor::TraverseSwitchStmt(S);
    else {
      NativeDestructors = true; // The range may be a temporary.
      Continue = AstVisitor::TraverseCXXForRangeStmt(S);
    }
    --Breakable;
    Loops -= IsLoop;
    return Continue;
  }

  /// A jump out of the text. What is alive beyond \p Level is destroyed, after
  /// the objects that the text itself declares.
  void leave(const Stmt *S, Exit::Kind Kind, std::string Label, unsigned Level) {
    if (Exits)
      Exits->push_back({Kind, Label});
    bool Unwinds = Kind == Exit::Kind::Goto ? L.Alive != 0 : L.Alive > Level;
    std::string Result;
    if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      Nodes None;
      Result = L.resultText(Return, None);
    }
    SourceRange Whole = L.wholeStatement(S);
    auto finish = [&](std::string Action) {
      L.Text.replace(Whole, Result.empty() ? Action
                                           : "{ " + Result + " " + Action + " }");
    };
    bool GotoContinue = Kind == Exit::Kind::Continue &&
                        !L.Continues.empty() && !L.Continues.back().Label.empty();
    if (Unwinds) {
      std::string Name = L.uniqueName("leave_1");
      Node Stub;
      Stub.What = Node::Kind::Stub;
      unsigned Line = L.line(S->getBeginLoc());
      Stub.Text = Piece{Name, Line};
      Exit Way{Kind, Label};
      if (GotoContinue) {
        *L.Continues.back().Used = true;
        Way = {Exit::Kind::Goto, L.Continues.back().Label};
      }
      if (NativeDestructors || Kind == Exit::Kind::Goto ||
          !L.HandlerLevels.empty()) {
        L.jump(Way, Level, Line, Stub.Body);
        assert(Stubs && "a way out of an expression");
        Stubs->push_back(std::move(Stub));
        finish("goto " + Name + ";");
        return;
      }
      std::string Jump;
      if (Kind == Exit::Kind::Return)
        Jump = L.F.endStatement();
      else if (GotoContinue)
        Jump = "goto " + L.Continues.back().Label + ";";
      else
        Jump = Kind == Exit::Kind::Break ? "break;" : "continue;";
      std::string Unwind = "weft_unwind(" + std::to_string(Level) + "); ";
      if (Result.empty())
        L.Text.replace(Whole, "{ " + Unwind + Jump + " }");
      else
        finish(Unwind + Jump);
      return;
    }
    if (Kind == Exit::Kind::Return)
      finish(L.F.endStatement());
    else if (GotoContinue) {
      *L.Continues.back().Used = true;
      finish("goto " + L.Continues.back().Label + ";");
    }
  }

  FunctionLowering &L;
  std::vector<Exit> *Exits;
  Nodes *Stubs;
  std::set<const ValueDecl *> Recaptured;
  std::set<const LabelDecl *> Own;
  llvm::SmallPtrSet<const Expr *, 4> ForAssertion;
  std::vector<const GotoStmt *> Gotos;
  unsigned InLambda = 0, InLocalClass = 0, Breakable = 0, Loops = 0;
  bool NativeDestructors = false;
};

} // namespace weft

std::vector<VarId> FunctionLowering::edit(const Stmt *S, std::vector<Exit> *Exits,
                                          Nodes *Stubs) {
  VerbatimEdits Visitor(*this, Exits, Stubs);
  Visitor.TraverseStmt(const_cast<Stmt *>(S));
  Visitor.finish();
  std::vector<VarId> Uses(Visitor.Uses.begin(), Visitor.Uses.end());
  // Operands in variables, which the source does not name.
  for (const auto &[Where, Id] : Retained)
    if (S && Text.isWithin(Where, S->getSourceRange()) && !llvm::is_contained(Uses, Id))
      Uses.push_back(Id);
  return Uses;
}
