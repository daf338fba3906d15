//===- Suspension.cpp - Which expressions suspend ------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/Suspension.h"
#include "Frontend/TranslationUnit.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace weft;

Colours::Colours(const TranslationUnit &Unit) : Seen(Unit), Named(&Unit.AST) {}

static bool isWeft(const DeclContext *Context) {
  const auto *Space = dyn_cast<NamespaceDecl>(Context);
  return Space && Space->getName() == "weft" &&
         Space->getParent()->getRedeclContext()->isTranslationUnit();
}

static bool isInWeft(const Decl *D) { return isWeft(D->getDeclContext()); }

bool weft::isOfWeft(const Decl *D) {
  for (const DeclContext *At = D->getDeclContext(); At; At = At->getParent())
    if (isWeft(At))
      return true;
  return false;
}

/// The name of weft's function that \p Call calls; empty for any other.
static llvm::StringRef calledName(const CallExpr *Call) {
  if (const FunctionDecl *F = Call->getDirectCallee()) {
    if (F->getIdentifier() && isInWeft(F))
      return F->getName();
    return {};
  }
  const auto *Lookup =
      dyn_cast<UnresolvedLookupExpr>(Call->getCallee()->IgnoreParens());
  if (!Lookup || !Lookup->getName().isIdentifier())
    return {};
  for (const NamedDecl *D : Lookup->decls())
    if (!isInWeft(D->getUnderlyingDecl()))
      return {};
  return Lookup->decls_begin() == Lookup->decls_end()
             ? llvm::StringRef()
             : Lookup->getName().getAsIdentifierInfo()->getName();
}

static QualType receivedType(const CallExpr *Call) {
  if (const FunctionDecl *F = Call->getDirectCallee())
    return F->getReturnType();
  const auto *Lookup =
      cast<UnresolvedLookupExpr>(Call->getCallee()->IgnoreParens());
  if (Lookup->hasExplicitTemplateArgs() && Lookup->getNumTemplateArgs() > 0) {
    const TemplateArgument &A = Lookup->getTemplateArgs()[0].getArgument();
    if (A.getKind() == TemplateArgument::Type)
      return A.getAsType();
  }
  return {};
}

std::optional<Suspension> weft::asYield(const Stmt *S) {
  const auto *Call = dyn_cast_or_null<CallExpr>(S);
  if (!Call)
    return std::nullopt;
  llvm::StringRef Name = calledName(Call);
  if (Name == "yield" && Call->getNumArgs() <= 1) {
    Suspension Found{SuspensionPoint::Kind::Yield, Call};
    if (Call->getNumArgs() == 1)
      Found.Operand = Call->getArg(0);
    QualType Received = receivedType(Call);
    if (!Received.isNull() && !Received->isVoidType()) {
      Found.What = SuspensionPoint::Kind::Await;
      Found.Received = Received;
    }
    return Found;
  }
  if (Name == "yield_from" && Call->getNumArgs() == 1)
    return Suspension{SuspensionPoint::Kind::Delegate, Call, Call->getArg(0),
                      Call->getDirectCallee() ? receivedType(Call) : QualType()};
  return std::nullopt;
}

bool weft::isAwait(const CallExpr *Call) {
  return Call->getNumArgs() == 1 && calledName(Call) == "await";
}

/// What a library's function hands on: the function whose result is its own, as
/// in `return async_initiate<...>(...);` of Asio. Its result type follows what
/// it returns, and with that changes where the code is compiled.
static const FunctionDecl *handsOn(const FunctionDecl *Function) {
  const ASTContext &Context = Function->getASTContext();
  const FunctionDecl *Pattern = Function->getTemplateInstantiationPattern();
  if (!Pattern || !Context.getSourceManager().isInSystemHeader(Function->getLocation()) ||
      !(Pattern->getReturnType()->isDependentType() ||
        Pattern->getReturnType()->getContainedAutoType()))
    return nullptr;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Function->getBody());
  const auto *Last =
      Body ? dyn_cast_or_null<ReturnStmt>(Body->body_empty() ? nullptr : Body->body_back())
           : nullptr;
  const auto *Call = Last && Last->getRetValue()
                         ? dyn_cast<CallExpr>(Last->getRetValue()->IgnoreImplicit())
                         : nullptr;
  return Call ? Call->getDirectCallee() : nullptr;
}

static QualType declaredAwaiter(const FunctionDecl *Function) {
  QualType T = Function->getReturnType();
  while (const auto *Alias = T->getAs<TemplateSpecializationType>()) {
    const TemplateDecl *Template = Alias->getTemplateName().getAsTemplateDecl();
    if (!Alias->isTypeAlias())
      break;
    if (Template && Template->getName() == "suspends" && isInWeft(Template) &&
        Alias->template_arguments().size() == 1)
      return Alias->template_arguments()[0].getAsType();
    T = Alias->desugar();
  }
  return {};
}

QualType weft::awaiterOf(const FunctionDecl *Function) {
  constexpr unsigned Deepest = 8; // Functions may hand on to themselves.
  for (unsigned Depth = 0; Function && Depth != Deepest; ++Depth) {
    if (QualType T = declaredAwaiter(Function); !T.isNull())
      return T;
    Function = handsOn(Function);
  }
  return {};
}

bool weft::handsOnAwaiter(const FunctionDecl *Function) {
  return declaredAwaiter(Function).isNull() && !awaiterOf(Function).isNull();
}

/// The closure's place, which the instantiations of a template around it share;
/// zero when \p Function is no lambda's.
static unsigned placeOfLambda(const FunctionDecl *Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  return Method && Method->getParent()->isLambda() &&
                 Method->getOverloadedOperator() == OO_Call
             ? Method->getParent()->getLocation().getRawEncoding()
             : 0;
}

void FunctionSet::add(const FunctionDecl *Function) {
  Functions.insert(Function->getCanonicalDecl());
  if (unsigned Place = placeOfLambda(Function))
    Lambdas.insert(Place);
}

RangeWaits weft::unseenWaits(const CXXForRangeStmt *S) {
  if (!S->getBeginStmt()) // Depends on template parameters.
    return {};
  auto wait = [](const Expr *E) -> const CallExpr * {
    const auto *Call = dyn_cast_or_null<CallExpr>(E ? E->IgnoreImplicit() : nullptr);
    return Call && Call->getDirectCallee() && !awaiterOf(Call->getDirectCallee()).isNull()
               ? Call
               : nullptr;
  };
  const auto *Begin = cast<VarDecl>(S->getBeginStmt()->getSingleDecl());
  return {wait(Begin->getInit()), wait(S->getInc())};
}

bool FunctionSet::contains(const FunctionDecl *Function) const {
  if (unsigned Place = placeOfLambda(Function))
    return Lambdas.count(Place) > 0;
  if (const FunctionDecl *Pattern =
          Function->getTemplateInstantiationPattern(/*ForDefinition=*/false))
    Function = Pattern;
  return Functions.count(Function->getCanonicalDecl()) > 0;
}

bool weft::hasObjectEntry(const FunctionDecl *Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  return Method && Method->getOverloadedOperator() == OO_Call &&
         (Method->getParent()->isLambda() || isInWeft(Method->getParent()));
}

bool weft::takesEntry(const FunctionDecl *Function, unsigned Index) {
  if (const FunctionDecl *Pattern =
          Function->getTemplateInstantiationPattern(/*ForDefinition=*/false))
    Function = Pattern;
  const unsigned Count = Function->getNumParams();
  if (Index >= Count) { // Of a pack, which comes last.
    if (Count == 0 || !Function->getParamDecl(Count - 1)->isParameterPack())
      return false;
    Index = Count - 1;
  }
  return llvm::any_of(
      Function->getParamDecl(Index)->specific_attrs<AnnotateAttr>(),
      [](const AnnotateAttr *A) { return A->getAnnotation() == "weft::suspendable"; });
}

std::optional<Suspension> Colours::asSuspension(const Stmt *S) const {
  const auto *Call = dyn_cast_or_null<CallExpr>(S);
  if (!Call)
    return std::nullopt;
  if (auto Yield = asYield(Call))
    return Yield;
  Suspension Found{SuspensionPoint::Kind::Call, Call};
  Found.Received = Call->getType();
  if (isAwait(Call)) { // A pause made visible.
    const auto *Inner = dyn_cast<CallExpr>(Call->getArg(0)->IgnoreImplicit());
    if (auto Around = asSuspension(Inner); Around && Around->Inner == Inner) {
      Around->Call = Call;
      return Around;
    }
  }
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee)
    return Call->isTypeDependent() ? asInstantiated(Call) : std::nullopt;
  Found.Inner = Call;
  if (Call->getNumArgs() == 0 && calledName(Call) == "checkpoint") {
    Found.What = SuspensionPoint::Kind::Checkpoint;
    return Found;
  }
  if (isFiber(Callee)) {
    if (Driven.count(Call))
      return std::nullopt;
    Found.Callee = Callee;
    return Found;
  }
  Found.What = SuspensionPoint::Kind::Wait;
  Found.Awaiter = awaiterOf(Callee);
  if (Found.Awaiter.isNull())
    return std::nullopt;
  return Found;
}

/// The instantiations tell. Where they do not agree, the first that suspends
/// does: what the others do is for the lowering to look at.
std::optional<Suspension> Colours::asInstantiated(const CallExpr *Call) const {
  if (Driven.count(Call))
    return std::nullopt;
  for (const CallExpr *Each : Seen.of(Call))
    if (auto S = asSuspension(Each); S && S->suspendsFiber()) {
      Suspension Found{S->What, Call};
      Found.Received = Call->getType();
      Found.Callee = S->Callee;
      Found.Inner = Call;
      return Found;
    }
  return std::nullopt;
}

bool weft::isSuspensionGuard(const VarDecl *V) {
  const CXXRecordDecl *Class = V->getType()->getAsCXXRecordDecl();
  return Class && Class->getName() == "no_suspend" && isInWeft(Class);
}

void SuspensionMap::addCheckpoints(const Stmt *Body) {
  llvm::DenseSet<const LabelDecl *> Passed;
  addCheckpoints(Body, Passed);
}

void SuspensionMap::addCheckpoints(const Stmt *S,
                                   llvm::DenseSet<const LabelDecl *> &Passed) {
  if (!S || isa<Expr>(S))
    return; // A lambda's loops are its own.
  if (const auto *Label = dyn_cast<LabelStmt>(S))
    Passed.insert(Label->getDecl());
  const auto *Goto = dyn_cast<GotoStmt>(S);
  if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S) ||
      (Goto && Passed.count(Goto->getLabel())))
    Checkpoints.insert(S);
  for (const Stmt *Child : S->children()) {
    const auto *Declared = dyn_cast_or_null<DeclStmt>(Child);
    if (Declared && llvm::any_of(Declared->decls(), [](const Decl *D) {
          return isa<VarDecl>(D) && isSuspensionGuard(cast<VarDecl>(D));
        }))
      return; // Nothing in its scope suspends.
    addCheckpoints(Child, Passed);
  }
}

bool SuspensionMap::contains(const Stmt *S) {
  if (!S)
    return false;
  if (auto It = Known.find(S); It != Known.end())
    return It->second;
  if (isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr>(S))
    return false; // Not evaluated.
  bool Found = hasCheckpoint(S) || at(S).has_value();
  if (const auto *Loop = dyn_cast<CXXForRangeStmt>(S))
    Found = Found || Of.instances().of(Loop).any();
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    for (const Expr *Init : Lambda->capture_inits())
      Found = Found || contains(Init);
  } else {
    for (const Stmt *Child : S->children())
      Found = Found || contains(Child);
  }
  return Known[S] = Found;
}
