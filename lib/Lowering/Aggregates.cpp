//===- Aggregates.cpp - Objects that are constructed part by part ---------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The elements of a braced list are evaluated in order ([dcl.init.list]/4), each
// constructs its part of an aggregate in place ([dcl.init.aggr]/4.2), and when one
// throws, the parts that are there are destroyed. Where that matters, each part is
// an object of its own until the last one is there:
//
//   two t{f(), "x"};          if (weft_call(1, f_fiber(t_first))) ...
//                           suspended_1:
//                             weft_resumed();
//                             weft_alive = 1;
//                             weft::part(t_slot.value.second).emplace_from(...);
//                             weft_alive = 0;
//                             weft_alive = 2;
//
// Temporaries of the elements outlive the list; then a flag says that the parts
// between them belong to the whole now.
//
//===----------------------------------------------------------------------===//

#include "Lowering/FiberCall.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

/// The form in which each part has its initialiser.
static const InitListExpr *semantic(const InitListExpr *List) {
  return List->isSemanticForm() || !List->getSemanticForm() ? List
                                                            : List->getSemanticForm();
}

void FunctionLowering::elementsOf(const InitListExpr *List,
                                  llvm::SmallVectorImpl<const Expr *> &Elements) {
  for (const Expr *Each : semantic(List)->inits())
    if (const auto *Inner = dyn_cast<InitListExpr>(Each))
      elementsOf(Inner, Elements);
    else
      Elements.push_back(Each);
}

bool FunctionLowering::needsParts(const InitListExpr *List) {
  List = semantic(List);
  const QualType T = List->getType();
  if (T->isDependentType() || !(T->isRecordType() || T->isConstantArrayType()) ||
      List->isTransparent())
    return false;
  bool Later = false; // Something suspends behind the element.
  for (unsigned I = List->getNumInits(); I-- > 0;) {
    const Expr *Each = List->getInit(I);
    const QualType Type = Each->getType();
    if (Each->isPRValue() && !Type->isScalarType() && !Type->isDependentType()) {
      const bool IsUnseen = Type->isRecordType() && isMovedUnseen(Type);
      if (!IsUnseen && ((Later && !isStable(Each)) || isDirectCall(Each, Type)))
        return true;
      if (isGivenInPlace(Each, Type) && !IsUnseen)
        return true;
      const auto *Inner = dyn_cast<InitListExpr>(Each);
      if (Inner && needsParts(Inner))
        return true;
    }
    Later |= Suspends.contains(Each);
  }
  return false;
}

VarId FunctionLowering::part(VarId Whole, std::string Place, llvm::StringRef Name,
                             QualType T, unsigned Line) {
  VarId Id = hidden((F.Variables[Whole].Name + "_" + Name).str(), T.getUnqualifiedType(),
                    "a part", Line);
  Variable &V = F.Variables[Id];
  asObject(V);
  V.Place = std::move(Place);
  V.PartOf = Whole;
  V.Escapes = true;
  V.Mentioned = false;
  V.Bound = "auto& " + V.Name;
  return Id;
}

/// Whether nothing in the source stands for it.
static bool isImplied(const Expr *E) {
  if (isa<ImplicitValueInitExpr>(E))
    return true;
  const auto *Construct = dyn_cast<CXXConstructExpr>(E->IgnoreImplicit());
  return Construct && !isa<CXXTemporaryObjectExpr>(Construct) &&
         Construct->getBeginLoc() == Construct->getEndLoc() && // Of what is around it.
         llvm::all_of(Construct->arguments(),
                      [](const Expr *A) { return isa<CXXDefaultArgExpr>(A); });
}

void FunctionLowering::giveParts(VarId Whole, const InitListExpr *List,
                                 std::vector<VarId> &Parts, Nodes &Out) {
  List = semantic(List);
  const QualType T = List->getType();
  const unsigned Line = line(List->getBeginLoc());
  struct Element {
    std::string Place, Name;
    QualType Type;
    const Expr *Init;
  };
  std::vector<Element> Elements;
  const auto unsupported = [&](const Expr *E) {
    return reject(E, Diag::UnsupportedSuspension, "the initialiser of such an aggregate");
  };
  if (const auto *Array = Context.getAsConstantArrayType(T)) {
    const uint64_t Size = Array->getZExtSize();
    if (Size > List->getNumInits() + 16)
      return unsupported(List);
    for (uint64_t I = 0; I < Size; ++I)
      Elements.push_back({"%[" + std::to_string(I) + "]", std::to_string(I),
                          Array->getElementType(),
                          I < List->getNumInits() ? List->getInit(I) : List->getArrayFiller()});
  } else {
    const CXXRecordDecl *Record = T->getAsCXXRecordDecl();
    unsigned I = 0;
    if (Record->isUnion())
      return unsupported(List);
    for (const CXXBaseSpecifier &Base : Record->bases()) {
      if (I == List->getNumInits())
        return unsupported(List);
      Elements.push_back({"static_cast<" + Types.qualified(Base.getType()) + "&>(%)",
                          "base_" + std::to_string(I + 1), Base.getType(), List->getInit(I)});
      ++I;
    }
    for (const FieldDecl *Field : Record->fields()) {
      if (Field->isUnnamedBitField())
        continue;
      if (Field->isBitField() || Field->getType()->isReferenceType() ||
          !Field->getIdentifier() || Field->hasAttr<NoUniqueAddressAttr>() ||
          I == List->getNumInits())
        return unsupported(List);
      Elements.push_back({"%." + Field->getName().str(), Field->getName().str(),
                          Field->getType(), List->getInit(I++)});
    }
  }

  for (const Element &Each : Elements) {
    const Expr *Init = Each.Init;
    const VarId Id = part(Whole, Each.Place, Each.Name, Each.Type, Line);
    const auto *Inner = dyn_cast<InitListExpr>(Init);
    if (Inner && (Each.Type->isArrayType() || semantic(Inner)->getLBraceLoc().isInvalid() ||
                  needsParts(Inner))) {
      if (!Each.Type->isRecordType() && !Each.Type->isConstantArrayType())
        return unsupported(Init);
      F.Variables[Id].HasDestructor = false;
      if (!Each.Type->isRecordType()) {
        giveParts(Id, Inner, Parts, Out);
        continue;
      }
      // A member is one object when its last part is there.
      const unsigned Before = Alive;
      const size_t First = Out.size();
      std::vector<VarId> Own;
      giveParts(Id, Inner, Own, Out);
      completeParts(Id, Own, Before, First, Line, Out);
      F.Variables[Id].HasDestructor = hasDestructor(Each.Type);
      beginLife(Id, line(Init->getEndLoc()), Out);
      Parts.push_back(Id);
      continue;
    }
    if (Each.Type->isArrayType() || !TypeSpelling::isNameable(Each.Type))
      return unsupported(Init);
    Node N;
    N.What = Node::Kind::Construct;
    N.Vars = N.Defines = {Id};
    N.Text.Line = Line;
    N.Deferred = true;
    if (isImplied(Init)) {
      N.Text.Text = "()";
      Out.push_back(std::move(N));
    } else if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Init)) {
      auto Value = spelledDefault(Default->getExpr());
      if (!Value)
        return unsupported(List);
      N.Text.Text = "[&]() -> " + F.Variables[Id].Type + " { return " + *Value + "; }";
      Out.push_back(std::move(N));
    } else {
      give({ValuePlace::Kind::Variable, Id, Each.Type.getUnqualifiedType()}, Init, Out);
    }
    beginLife(Id, line(Init->getEndLoc()), Out);
    Parts.push_back(Id);
  }
}

/// The parts, made since \p Out had \p First nodes and \p Before was alive, belong to
/// the whole from now on.
void FunctionLowering::completeParts(VarId Whole, llvm::ArrayRef<VarId> Parts, unsigned Before,
                                     size_t First, unsigned Line, Nodes &Out) {
  const auto isPart = [&](unsigned Index) {
    return llvm::any_of(Parts, [&](VarId Id) { return F.Variables[Id].Alive == Index; });
  };
  bool OnlyParts = true;
  for (unsigned At = Alive; At != Before && OnlyParts;) {
    OnlyParts = isPart(At);
    for (const Variable &V : F.Variables)
      if (OnlyParts && V.Alive == At) {
        At = V.Outer;
        break;
      }
  }
  if (OnlyParts && Alive != Before) {
    Out.push_back(text("weft_alive = " + std::to_string(Before) + ";", Line));
    Alive = Before;
  } else if (llvm::any_of(Parts, [&](VarId Id) { return F.Variables[Id].HasDestructor; })) {
    VarId Flag = hidden(F.Variables[Whole].Name + "_is_whole", Context.BoolTy,
                        "whether all parts are there", Line);
    F.Variables[Flag].InUnwind = true;
    const std::string Name = F.Variables[Flag].Name;
    for (VarId Id : Parts)
      F.Variables[Id].Whole = Flag;
    Node Reset = text(Name + " = false;", Line);
    Reset.Defines = {Flag};
    Out.insert(Out.begin() + First, std::move(Reset));
    Node Set = text(Name + " = true;", Line);
    Set.Defines = {Flag};
    Out.push_back(std::move(Set));
  }
}

void FunctionLowering::giveAggregate(const ValuePlace &To, const InitListExpr *List,
                                     Nodes &Out) {
  const unsigned Line = line(List->getBeginLoc());
  const unsigned Before = Alive;
  const size_t First = Out.size();
  const bool IsResult = To.What == ValuePlace::Kind::Result;
  VarId Whole = To.Id;
  if (IsResult) {
    Whole = hidden("made", List->getType(), "the result", Line);
    F.Variables[Whole].HasDestructor = F.Variables[Whole].Mentioned = false;
    F.Variables[Whole].Place = member("weft_result") + ".place()";
  }
  Node Begins; // Of its storage's use.
  Begins.Defines = {Whole};
  Begins.Text.Line = Line;
  Out.push_back(std::move(Begins));
  std::vector<VarId> Parts;
  LastOperand = nullptr;
  {
    llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);
    llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries, true);
    giveParts(Whole, List, Parts, Out);
  }

  completeParts(Whole, Parts, Before, First, Line, Out);
  if (IsResult)
    Out.push_back(text(member("weft_returned") + "();", Line));
}
