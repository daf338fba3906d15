//===- DiscardedBranches.cpp - Types in branches of if constexpr ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The frame names the types of all branches, and an instantiation that discards one may
// have no such types. So they are named where only the others look ([temp.inst]/2):
//
//   template <bool, class = void> struct branch_types { using result_type = weft::discarded; };
//   template <class taken> struct branch_types<true, taken> {
//     using result_type = decltype(visit(*value));
//   };
//   using result_type = typename branch_types<std::is_pointer_v<T>>::result_type;
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "Support/AstVisitor.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace weft;

/// The condition where the frame is declared, which knows no variables; nothing when
/// it names some.
static std::optional<std::string> conditionInFrame(const Expr *Condition, SourceText There) {
  class Names : public AstVisitor {
  public:
    SourceText *There;
    bool NamesVariable = false;
    bool VisitDeclRefExpr(DeclRefExpr *E) override {
      const auto *V = dyn_cast<VarDecl>(E->getDecl());
      NamesVariable |= V && V->isLocalVarDeclOrParm();
      return true;
    }
    /// `sizeof...(arguments)` is that of their types.
    bool VisitSizeOfPackExpr(SizeOfPackExpr *E) override {
      const auto *P = dyn_cast<ParmVarDecl>(E->getPack());
      if (!P)
        return true;
      const auto *Pack = P->getType()->getAs<PackExpansionType>();
      const auto *Type = Pack ? Pack->getPattern().getNonReferenceType()->getAs<TemplateTypeParmType>()
                              : nullptr;
      if (Type && Type->getDecl() && Type->getDecl()->getIdentifier())
        There->replace(SourceRange(E->getPackLoc()), Type->getDecl()->getName().str());
      else
        NamesVariable = true;
      return true;
    }
  } Find;
  Find.There = &There;
  Find.TraverseStmt(const_cast<Expr *>(Condition));
  if (Find.NamesVariable)
    return std::nullopt;
  return There.text(Condition->getSourceRange());
}

/// The lifted variables of \p Branch.
std::vector<VarId> FunctionLowering::declaredIn(const Stmt *Branch) const {
  class Find : public AstVisitor {
  public:
    const FunctionLowering *L;
    std::vector<VarId> Found;
    bool VisitVarDecl(VarDecl *D) override {
      if (const auto Id = L->Lifted.find(D); Id != L->Lifted.end())
        Found.push_back(Id->second);
      return true;
    }
  } Variables;
  Variables.L = this;
  Variables.TraverseStmt(const_cast<Stmt *>(Branch));
  return std::move(Variables.Found);
}

bool FunctionLowering::nameTypesOfBranch(const IfStmt *S, bool Then, size_t FirstType,
                                         size_t FirstVariable) {
  const auto dependsOnBranch = [](llvm::StringRef Type) {
    return Type.contains("decltype(") || Type.contains("typename ");
  };
  std::vector<VarId> Own = declaredIn(Then ? S->getThen() : S->getElse());
  for (VarId Id = FirstVariable; Id < F.Variables.size(); ++Id)
    Own.push_back(Id);
  for (VarId Id : Own) {
    Variable &V = F.Variables[Id];
    if (V.As == Form::Object && dependsOnBranch(V.Type))
      V.Type = nameType(V.Name, V.Type);
    else if (dependsOnBranch(V.Type) || dependsOnBranch(V.Declarator))
      return false;
  }
  std::vector<Preface> Lines;
  std::string Discarded;
  std::vector<std::string> Names;
  for (size_t I = FirstType; I < F.Prefaces.size(); ++I) {
    Preface &Each = F.Prefaces[I];
    if (Each.What != Preface::Kind::Type)
      continue;
    Lines.push_back(Each);
    if (Each.OfBranch)
      continue;
    llvm::StringRef Name = Each.Text.Text;
    if (!Name.consume_front("using "))
      return false; // A class of the branch's own.
    Names.push_back(Name.take_until([](char C) { return C == ' '; }).str());
    Discarded += "using " + Names.back() + " = weft::discarded; ";
  }
  if (Names.empty())
    return true;
  const auto Condition = conditionInFrame(S->getCond(), Text);
  const bool IsLocal = F.TemplateArguments.empty(); // A local class has no member templates.
  if (!Condition || IsLocal)
    return false;
  F.Prefaces.erase(std::remove_if(F.Prefaces.begin() + FirstType, F.Prefaces.end(),
                                  [](const Preface &Each) {
                                    return Each.What == Preface::Kind::Type;
                                  }),
                   F.Prefaces.end());
  auto write = [&](std::string Line) {
    F.Prefaces.push_back({Preface::Kind::Type, Piece{std::move(Line)}});
    F.Prefaces.back().OfBranch = true;
  };
  const std::string Types = uniqueName("branch_types");
  write("template <bool, class = void> struct " + Types + " { " + Discarded + "};");
  const std::string Taken = uniqueName("taken");
  write("template <class " + Taken + "> struct " + Types + "<true, " + Taken + "> {");
  for (Preface &Each : Lines) {
    Each.Text.Text = "  " + Each.Text.Text;
    Each.OfBranch = true;
    F.Prefaces.push_back(std::move(Each));
  }
  write("};");
  for (const std::string &Name : Names)
    F.Prefaces.push_back({Preface::Kind::Type, Piece{"using " + Name + " = typename " + Types + "<" +
          (Then ? "static_cast<bool>(" : "!static_cast<bool>(") + *Condition + ")>::" + Name + ";"}});
  return true;
}

void FunctionLowering::lowerBranch(const IfStmt *S, bool Then, Nodes &Out) {
  const Stmt *Branch = Then ? S->getThen() : S->getElse();
  const size_t FirstType = F.Prefaces.size(), FirstVariable = F.Variables.size();
  lowerInBlock(Branch, Out);
  // In every program that has the template, whichever instantiations it has.
  if (F.Dependent && S->isConstexpr() && Suspends.contains(Branch) &&
      !nameTypesOfBranch(S, Then, FirstType, FirstVariable) &&
      Suspends.colours().instances().discards(S, Then))
    rejectOnce(S, Diag::UnsupportedSuspension,
               "a branch of 'if constexpr' that an instantiation discards and where "
               "types are deduced");
}
