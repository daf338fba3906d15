//===- DefaultArguments.cpp - Those that live across a pause --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A default argument is an expression of the function's declaration, where names may
// mean something else. One that has to be kept is written out with qualified names,
// when it consists of nothing but literals, public names, constructions and calls:
//
//   int f(const std::string& s = "none");      f()   =>   f(temporary)
//
//===----------------------------------------------------------------------===//

#include "Lowering/FiberCall.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using namespace weft;

/// The name of \p D from everywhere; empty when there is none.
static std::string nameFromEverywhere(const NamedDecl *D) {
  if (!D->getDeclName().isIdentifier() && !isa<CXXRecordDecl>(D))
    return {};
  for (const DeclContext *At = D->getDeclContext(); !At->isTranslationUnit();
       At = At->getParent()) {
    const auto *Record = dyn_cast<CXXRecordDecl>(At);
    const auto *Space = dyn_cast<NamespaceDecl>(At);
    const auto *Enum = dyn_cast<EnumDecl>(At);
    if (!(Space && !Space->isAnonymousNamespace()) && !At->isTransparentContext() &&
        !(Record && Record->getIdentifier() && !isa<ClassTemplateSpecializationDecl>(Record)) &&
        !(Enum && (Enum->getIdentifier() || !Enum->isScoped())))
      return {};
  }
  for (const Decl *At = D; At; At = dyn_cast<Decl>(At->getDeclContext()))
    if (At->getAccess() == AS_private || At->getAccess() == AS_protected)
      return {};
  return "::" + D->getQualifiedNameAsString();
}

std::optional<std::string> FunctionLowering::spelledDefault(const Expr *E) {
  if (E->isTypeDependent() || E->isValueDependent())
    return std::nullopt;
  E = E->IgnoreParens();
  if (const auto *Cleanups = dyn_cast<FullExpr>(E))
    return spelledDefault(Cleanups->getSubExpr());
  if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E))
    return spelledDefault(Temp->getSubExpr());
  if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(E))
    return spelledDefault(Bind->getSubExpr());
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E)) {
    if (Cast->getCastKind() == CK_UserDefinedConversion)
      return std::nullopt;
    return spelledDefault(Cast->getSubExpr());
  }
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return spelledDefault(Default->getExpr());
  if (isa<IntegerLiteral, FloatingLiteral, CharacterLiteral, CXXBoolLiteralExpr, StringLiteral,
          CXXNullPtrLiteralExpr>(E)) {
    std::string Value;
    llvm::raw_string_ostream Stream(Value);
    E->printPretty(Stream, nullptr, PrintingPolicy(Context.getLangOpts()));
    return Value;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const ValueDecl *D = Ref->getDecl();
    if (Ref->hasExplicitTemplateArgs() || !isa<VarDecl, FunctionDecl, EnumConstantDecl>(D))
      return std::nullopt;
    // The same name finds no other function here.
    if (isa<FunctionDecl>(D) &&
        llvm::any_of(D->getDeclContext()->getRedeclContext()->lookup(D->getDeclName()),
                     [&](const NamedDecl *Other) {
                       return Other->getCanonicalDecl() != D->getCanonicalDecl();
                     }))
      return std::nullopt;
    std::string Name = nameFromEverywhere(D);
    return Name.empty() ? std::nullopt : std::optional(Name);
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E); Unary && !Unary->isIncrementDecrementOp()) {
    auto Operand = spelledDefault(Unary->getSubExpr());
    if (!Operand || Unary->isPostfix())
      return std::nullopt;
    return "(" + UnaryOperator::getOpcodeStr(Unary->getOpcode()).str() + *Operand + ")";
  }
  // A list of operands, each or none.
  const auto list = [&](auto Operands) -> std::optional<std::string> {
    std::string All;
    for (const Expr *Each : Operands) {
      if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(Each)) {
        if (isa<SourceLocExpr>(Default->getExpr()->IgnoreParenImpCasts()))
          return std::nullopt;
        break; // Those behind it are too.
      }
      auto One = spelledDefault(Each);
      if (!One)
        return std::nullopt;
      All += (All.empty() ? "" : ", ") + *One;
    }
    return All;
  };
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    if (List->getSyntacticForm())
      List = List->getSyntacticForm();
    auto All = list(List->inits());
    return All ? std::optional("{" + *All + "}") : std::nullopt;
  }
  const auto spelledType = [&](QualType T) -> std::optional<std::string> {
    const TagDecl *Tag = T->getAsTagDecl();
    if (!TypeSpelling::isNameable(T) || (Tag && Tag->getAccess() != AS_none &&
                                         Tag->getAccess() != AS_public))
      return std::nullopt;
    return Types.qualified(T.getUnqualifiedType());
  };
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    const bool IsWritten = isa<CXXTemporaryObjectExpr>(Construct);
    if (!IsWritten && Construct->getParenOrBraceRange().isInvalid() &&
        Construct->getNumArgs() > 0 && !isa<CXXDefaultArgExpr>(Construct->getArg(0)))
      return spelledDefault(Construct->getArg(0)); // A conversion.
    auto All = list(Construct->arguments());
    auto Type = spelledType(Construct->getType());
    if (!All || !Type || Construct->isStdInitListInitialization())
      return std::nullopt;
    if (!IsWritten)
      return "{" + *All + "}";
    return *Type + (Construct->isListInitialization() ? "{" + *All + "}" : "(" + *All + ")");
  }
  if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E)) {
    const Expr *Sub = Cast->getSubExpr()->IgnoreImplicit();
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Sub);
        Construct && Construct->getNumArgs() > 0)
      Sub = Construct->getArg(0);
    auto Value = spelledDefault(Sub);
    auto Type = spelledType(Cast->getType());
    if (!Value || !Type)
      return std::nullopt;
    return *Type + (isa<InitListExpr>(Sub) ? *Value
                    : Cast->isListInitialization() ? "{" + *Value + "}"
                                                   : "(" + *Value + ")");
  }
  if (const auto *Value = dyn_cast<CXXScalarValueInitExpr>(E)) {
    auto Type = spelledType(Value->getType());
    return Type ? std::optional(*Type + "()") : std::nullopt;
  }
  if (const auto *Call = dyn_cast<CallExpr>(E);
      Call && !isa<CXXOperatorCallExpr, CXXMemberCallExpr, UserDefinedLiteral>(Call)) {
    auto Callee = spelledDefault(Call->getCallee());
    auto All = list(Call->arguments());
    if (!Callee || !All || Suspends.contains(Call))
      return std::nullopt;
    return *Callee + "(" + *All + ")";
  }
  return std::nullopt;
}

void FunctionLowering::writeDefaults(const Expr *Call, llvm::ArrayRef<const Expr *> Args,
                                     SourceLocation End, Nodes &Out) {
  const unsigned Line = line(Call->getBeginLoc());
  bool IsFirst = true;
  std::string Written;
  for (const Expr *Each : Args) {
    const auto *Default = dyn_cast<CXXDefaultArgExpr>(Each);
    if (Default) {
      const Expr *Bare = Default->getExpr();
      if (const auto *Cleanups = dyn_cast<FullExpr>(Bare))
        Bare = Cleanups->getSubExpr();
      const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Bare);
      const bool Keeps = holdsTemporary(Each);
      auto Value = spelledDefault(Bare);
      if (!Value || End.isInvalid() ||
          (Keeps && (!Temp || holdsTemporary(Temp->getSubExpr()) ||
                     !TypeSpelling::isNameable(Temp->getType())))) {
        Report.report(Default->getUsedLocation(), Diag::TemporaryInDefaultArgument);
        Failed = true;
        return;
      }
      if (Keeps) {
        const VarId Id =
            keepDefaultObject(Temp->getType(), "temporary", *Value, Line, Out);
        Retained.push_back({Call->getSourceRange(), Id});
        Value = Temp->isBoundToLvalueReference()
                    ? F.Variables[Id].Name
                    : "static_cast<" + F.Variables[Id].Type + "&&>(" + F.Variables[Id].Name + ")";
      }
      Written += (IsFirst ? "" : ", ") + *Value;
    }
    IsFirst = false;
  }
  Text.insertInstead(End, Written);
}

std::optional<std::string> FunctionLowering::keepDefault(const CXXDefaultArgExpr *Default,
                                                         const ParmVarDecl *P,
                                                         std::vector<VarId> &Uses,
                                                         Nodes &Out) {
  const Expr *Bare = Default->getExpr();
  if (const auto *Cleanups = dyn_cast<FullExpr>(Bare))
    Bare = Cleanups->getSubExpr();
  auto Value = spelledDefault(Bare);
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Bare);
  const QualType Kept = P->getType()->isReferenceType() && Temp ? Temp->getType()
                        : isPassedByReference(P)                ? P->getType()
                                                                : QualType();
  if (!Value || P->getType()->isDependentType() ||
      (!Kept.isNull() && !TypeSpelling::isNameable(Kept))) {
    Report.report(Default->getUsedLocation(), Diag::TemporaryInDefaultArgument);
    Failed = true;
    return std::nullopt;
  }
  if (Kept.isNull())
    return Value;
  const VarId Id = keepDefaultObject(Kept.getUnqualifiedType(), "argument", *Value,
                                     line(Default->getUsedLocation()), Out);
  Uses.push_back(Id);
  const std::string &Name = F.Variables[Id].Name;
  return P->getType()->isRValueReferenceType() ? "std::move(" + Name + ")" : Name;
}

VarId FunctionLowering::keepDefaultObject(QualType T, llvm::StringRef Name,
                                          const std::string &Value, unsigned Line,
                                          Nodes &Out) {
  const VarId Id = hidden(Name, T, "a default argument", Line);
  Variable &V = F.Variables[Id];
  asObject(V);
  V.Escapes = true;
  V.Bound = "auto& " + V.Name;
  Node N;
  N.What = Node::Kind::Construct;
  N.Vars = N.Defines = {Id};
  N.Text = Piece{"[&]() -> " + V.Type + " { return " + Value + "; }", Line};
  keepAlive(Id);
  Out.push_back(std::move(N));
  return Id;
}
