//===- Parameters.cpp - The parameters of the function in its frame -------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A coroutine's frame holds its parameters, as that of a C++20 coroutine does
// ([dcl.fct.def.coroutine]/13); a fiber function's refers to the caller's objects,
// and copies what is trivial.
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"

using namespace clang;
using namespace weft;

/// The caller keeps the parameters. The body gets them as it had them, as a pack:
/// so its text stays.
void FunctionLowering::nameParameterPack(const ParmVarDecl *P) {
  Variable V;
  V.Declared = P->getName().str();
  if (!What.IsFiber || What.Lambda || !Taken.insert(V.Declared).second) {
    Report.report(P->getLocation(), Diag::ParameterPack) << P;
    Failed = true;
    return;
  }
  const QualType T = elementTypeOf(P);
  std::string Element, Held = Types.type(T);
  ParameterPack Pack;
  Pack.Name = V.Name = V.Declared;
  Pack.Declared = Held;
  switch (passingOf(P)) {
  case Passing::AsDeclared:
    Pack.Element = T->isReferenceType() ? Held : Held + "&";
    break;
  case Passing::ByReference:
    Pack.Element = Held = Held + "&";
    break;
  case Passing::ByTrait:
    Pack.Element = Held + "&";
    Held = "weft::passed<" + Held + ">";
    break;
  }
  V.Line = line(P->getLocation());
  V.As = Form::Parameter;
  V.Escapes = V.Mentioned = true;
  V.Declarator = "std::tuple<" + Held + "...> " + V.Name;
  FrameParameter Parameter;
  Parameter.Name = V.Name;
  Parameter.Declarator = "std::tuple<" + Held + "...>&& " + V.Name;
  Parameter.Argument = "std::tuple<" + Held + "...>(" +
                       (T->isRValueReferenceType()
                            ? "static_cast<" + Held + ">(" + V.Name + ")"
                            : V.Name) +
                       "...)";
  Parameter.Var = Pack.Var = addVariable(std::move(V), Context.DependentTy);
  Lifted[P] = Parameter.Var;
  F.Parameters.push_back(std::move(Parameter));
  F.Pack = std::move(Pack);
}

void FunctionLowering::nameParameters() {
  const FunctionDecl *Function = What.Function;
  // A leading std::allocator_arg_t says where the frame comes from.
  auto isAllocatorArg = [](QualType T) {
    const auto *Record = T.getNonReferenceType()->getAsCXXRecordDecl();
    return Record && Record->isInStdNamespace() &&
           Record->getName() == "allocator_arg_t";
  };
  unsigned Unnamed = 0;
  for (const ParmVarDecl *P : Function->parameters()) {
    QualType T = P->getType();
    // The caller of a fiber function keeps its parameters.
    bool Destroys = !What.IsFiber && !T->isReferenceType() && hasDestructor(T);
    bool Allocates = Function->getNumParams() > 1 &&
                     isAllocatorArg(Function->getParamDecl(0)->getType());
    if (Allocates && P == Function->getParamDecl(0))
      continue;
    bool IsAllocator = Allocates && P == Function->getParamDecl(1);
    std::string Given = P->getName().str();
    if (!P->getIdentifier() && ((Destroys && !T->isDependentType()) || IsAllocator)) {
      // It lives, or is needed, as long as the others: it gets a name.
      Given = "weft_unnamed_" + std::to_string(++Unnamed);
      const SourceLocation Place = P->getLocation();
      if (!Place.isFileID()) {
        Report.report(Place, Diag::UnnamedParameter) << T;
        Failed = true;
        continue;
      }
      Text.insertBefore(Place, " " + Given);
      F.HeadInsertions.push_back({Unit.Sources.getFileOffset(Place), " " + Given});
    }
    if (IsAllocator)
      F.Allocator = "std::allocator_arg, " + Given;
    if (Given.empty() || (IsAllocator && !P->isReferenced()))
      continue;
    if (P->isParameterPack()) {
      if (P->isReferenced() || !What.IsFiber)
        nameParameterPack(P);
      continue;
    }
    if (!P->isReferenced() && !Destroys)
      continue;
    Variable V;
    V.Declared = Given;
    V.Line = line(P->getLocation());
    V.As = Form::Parameter;
    if (Identifiers[V.Declared] == 0 && Taken.insert(V.Declared).second)
      V.Name = V.Declared;
    else
      V.Name = uniqueName(V.Declared);
    V.Bound = "auto& " + V.Name;
    V.Declarator = Types.declarator(T, V.Name);
    V.Cacheable = T->isScalarType() && !T->isDependentType() && !T.isVolatileQualified();
    V.Escapes = !V.Cacheable;
    FrameParameter Parameter;
    Parameter.Name = V.Name;
    if (What.IsFiber && TypeSpelling::isInvented(T)) {
      // Of a lambda. The entry's parameter tells its type; by value, it is a
      // reference to the caller's object.
      const std::string Type = uniqueName(Given + "_type");
      F.ParameterTypes.push_back(
          Piece{"using " + Type + " = decltype(" + Given + ");", V.Line});
      V.Declarator =
          Type + (passingOf(P) == Passing::AsDeclared && !T->isReferenceType() ? " "
                                                                              : " &&") +
          V.Name;
      Parameter.Declarator = V.Declarator;
      Parameter.Argument = "static_cast<decltype(" + Given + ")>(" + Given + ")";
      Parameter.Var = addVariable(std::move(V), Context.DependentTy);
      if (!T->isReferenceType())
        DeclaredTypes[Parameter.Var] = "std::remove_reference_t<" + Type + ">";
      Lifted[P] = Parameter.Var;
      F.Parameters.push_back(std::move(Parameter));
      continue;
    }
    if (What.IsFiber) {
      const Passing As = passingOf(P);
      if (As == Passing::ByReference)
        V.Declarator = Types.declarator(Context.getLValueReferenceType(T), V.Name);
      else if (As == Passing::ByTrait)
        V.Declarator = "weft::passed<" + Types.type(T) + "> " + V.Name;
      Parameter.Declarator = V.Declarator;
      Parameter.Argument = T->isRValueReferenceType()
                               ? "static_cast<" + Types.type(T) + ">(" + Given + ")"
                               : Given;
      Parameter.Var = addVariable(
          std::move(V), As != Passing::AsDeclared ? Context.getLValueReferenceType(T) : T);
      DeclaredTypes[Parameter.Var] = Types.type(T);
      Lifted[P] = Parameter.Var;
      F.Parameters.push_back(std::move(Parameter));
      continue;
    }
    bool ByMove = !T->isReferenceType() &&
                  (T->isDependentType() || !T->isScalarType());
    Parameter.Declarator =
        ByMove ? Types.declarator(Context.getRValueReferenceType(T), V.Name)
               : V.Declarator;
    std::string Original = Given;
    std::string TypeName = Types.type(T);
    if (TypeSpelling::isInvented(T)) {
      // `auto` has no name; the parameter itself tells its type. With `&&` the
      // alias stays the reference that it is.
      TypeName = uniqueName(Given + "_type");
      F.ParameterTypes.push_back(
          Piece{"using " + TypeName + " = decltype(" + Given + ");", V.Line});
      V.Declarator = TypeName + (T->isReferenceType() ? " &&" : " ") + V.Name;
      Parameter.Declarator = TypeName + " &&" + V.Name;
    }
    if (IsAllocator)
      Parameter.Argument = "decltype(" + Original + ")(" + Original + ")";
    else if (ByMove)
      Parameter.Argument = "std::move(" + Original + ")";
    else if (T->isRValueReferenceType())
      Parameter.Argument =
          "static_cast<" + TypeName + ">(" + Original + ")";
    else
      Parameter.Argument = Original;
    Parameter.InBundle = Destroys;
    V.HasDestructor = Destroys;
    Parameter.Var = addVariable(std::move(V), T);
    Lifted[P] = Parameter.Var;
    F.Parameters.push_back(std::move(Parameter));
    if (T->isReferenceType() && !T->isDependentType()) {
      bool Temporary = T->isRValueReferenceType() ||
                       T->getPointeeType().isConstQualified();
      if (Temporary && !F.Dependent && !Suspends.contains(nullptr))
        Report.report(P->getLocation(), Diag::DanglingParameter) << P;
    }
  }
}
