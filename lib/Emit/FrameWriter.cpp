//===- FrameWriter.cpp - The struct that a coroutine becomes -------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/FrameWriter.h"
#include "Emit/BodyWriter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"
#include <numeric>

using namespace weft;

static std::string plural(size_t Count, llvm::StringRef What) {
  return std::to_string(Count) + " " + What.str() + (Count == 1 ? "" : "s");
}

std::string weft::describe(const Flow &F, const FrameLayout &Layout) {
  std::string Text = F.FunctionName + ", " +
                     llvm::sys::path::filename(F.File).str() + ":" +
                     std::to_string(F.Line) + ": " +
                     plural(F.Points.size(), "suspension point");
  if (Layout.Size)
    Text += ", " + plural(*Layout.Size, "byte");
  return Text;
}

std::string weft::describe(const Flow &F, const FrameLayout &Layout, const Crossing &Crosses,
                           VarId Id) {
  const Variable &V = F.Variables[Id];
  std::string Text = "line " + std::to_string(V.Line);
  if (!V.Extra.empty())
    Text += ", " + V.Extra;
  if (V.As == Variable::Form::Parameter)
    return Text + (V.Extra.empty() ? ", parameter" : "");
  if (!Crosses.crosses(Id))
    return V.InUnwind ? Text : Text + ", has a destructor";
  Text += ", crosses ";
  for (size_t I = 0; I < Crosses.Points[Id].size(); ++I)
    Text += (I ? ", " : "") + std::to_string(Crosses.Points[Id][I]);
  if (Layout.Cached[Id])
    Text += ", a local in between";
  return Text;
}

namespace {

class FrameWriter {
public:
  FrameWriter(const Flow &F, const FrameLayout &Layout,
              const FramePlacement &Place, LineWriter &Out)
      : F(F), Layout(Layout), Place(Place), Crosses(findCrossing(F)), Out(Out) {}

  void write() {
    if (Place.Unnamed)
      Out.write("namespace {", 0);
    for (const Piece &Type : F.ParameterTypes)
      Out.write(Type.Text, Type.Line);
    // Inside a function all that the frame needs stands before it; a factory
    // in front of a function names nothing of the function's.
    for (const Preface &Each : F.Prefaces)
      if (Place.InFunction || Each.What == Preface::Kind::Factory)
        preface(Each);
    Out.write("// " + describe(F, Layout), 0);
    if (!Place.TemplateHeader.empty())
      Out.write(Place.TemplateHeader, F.Line);
    Out.write("struct " + F.FrameName + " final : " + F.BaseType + " {", F.Line);
    Out.indent();
    for (const Preface &Each : F.Prefaces)
      if (!Place.InFunction && Each.What != Preface::Kind::Factory)
        preface(Each);
    members(Layout.Items);
    if (F.Delegates)
      Out.write("enum : bool { weft_can_delegate = true };", 0);
    constructor();
    if (F.isActivation())
      facts();
    if (F.AliveCount)
      unwind();
    writeBody(F, Layout, Out);
    Out.outdent();
    Out.write("};", 0);
    if (Place.Unnamed)
      Out.write("} // namespace", 0);
  }

private:
  void preface(const Preface &Each) {
    std::string Before;
    if (Each.What == Preface::Kind::Factory && !Place.TemplateHeader.empty())
      Before = Place.TemplateHeader + " ";
    if (Each.What == Preface::Kind::Factory && !Place.InFunction)
      Before += "inline ";
    else if (Each.What != Preface::Kind::Type)
      Before += "static ";
    Out.write(Before + Each.Text.Text, Each.Text.Line, Each.Text.Column,
              Each.Text.HasRawString);
  }

  void members(const std::vector<FrameItem> &Items) {
    for (const FrameItem &Item : Items) {
      switch (Item.What) {
      case FrameItem::Kind::Variable: {
        const Variable &V = F.Variables[Item.Id];
        std::string Text =
            V.As == Variable::Form::Object
                ? (V.Alignas ? "alignas(" + std::to_string(V.Alignas) + ") " : "") +
                      slotType(V) + " " + V.Stored
                : V.Declarator;
        Out.write(Text + "; // " + describe(F, Layout, Crosses, Item.Id), 0);
        break;
      }
      case FrameItem::Kind::Alive:
        Out.write(F.AliveType + " weft_alive = 0; // the innermost object alive", 0);
        break;
      case FrameItem::Kind::Bundle:
        Out.write("struct parameters {", 0);
        Out.indent();
        for (const FrameParameter &P : F.Parameters)
          if (P.InBundle)
            Out.write(F.Variables[P.Var].Declarator + "; // " +
                          describe(F, Layout, Crosses, P.Var),
                      0);
        Out.outdent();
        Out.write("};", 0);
        Out.write("weft::slot<parameters> weft_parameters;", 0);
        break;
      case FrameItem::Kind::Union:
        // Scopes that are never active together.
        Out.write("union " + Item.Name + "_t {", 0);
        Out.indent();
        for (size_t I = 0; I < Item.Alternatives.size(); ++I) {
          Out.write("struct {", 0);
          Out.indent();
          members(Item.Alternatives[I]);
          Out.outdent();
          Out.write("} " + Item.AlternativeNames[I] + ";", 0);
        }
        Out.write(Item.Name + "_t() {}", 0);
        Out.write("~" + Item.Name + "_t() {}", 0);
        Out.outdent();
        Out.write("} " + Item.Name + ";", 0);
        break;
      }
    }
  }

  void constructor() {
    if (F.Parameters.empty() && !F.IsFiber)
      return;
    std::string Parameters, Initialisers, Bundle;
    if (F.IsFiber) {
      Parameters = "weft::into<" + F.ReturnType + "> weft_result";
      Initialisers = " : " + F.BaseType + "(weft_result)";
    }
    for (const FrameParameter &P : F.Parameters)
      Parameters += (Parameters.empty() ? "" : ", ") + P.Declarator;
    // Members are initialised in the order of their declarations.
    for (const FrameItem &Item : Layout.Items) {
      if (Item.What != FrameItem::Kind::Variable)
        continue;
      for (const FrameParameter &P : F.Parameters)
        if (!P.InBundle && P.Var == Item.Id)
          Initialisers += (Initialisers.empty() ? " : " : ", ") + P.Name + "(" +
                          forwarded(P) + ")";
    }
    for (const FrameParameter &P : F.Parameters)
      if (P.InBundle)
        Bundle += (Bundle.empty() ? "" : ", ") + forwarded(P);
    std::string Text = "explicit " + F.FrameName + "(" + Parameters + ")" +
                       Initialisers + " {";
    if (F.BundleAlive)
      Text += " ::new (weft_parameters.storage()) parameters{" + Bundle +
              "}; weft_alive = " + std::to_string(F.BundleAlive) + ";";
    Out.write(Text + (F.BundleAlive ? " }" : "}"), F.Line);
  }

  /// What reports and debuggers say about the function.
  void facts() {
    std::string Lines = std::to_string(F.Line);
    for (const SuspensionPoint &Point : F.Points)
      Lines += ", " + std::to_string(Point.Line);
    Out.write("static constexpr weft::function_facts weft_facts() { return {\"" +
                  F.FunctionName + "\", \"" + Out.file() + "\", weft::lines<" +
                  Lines + ">" + variables() + "}; }",
              0);
  }

  /// Where the user's variables are that are alive at a suspension point.
  std::string variables() const {
    std::vector<VarId> InOrder(F.Variables.size());
    std::iota(InOrder.begin(), InOrder.end(), 0);
    llvm::stable_sort(InOrder, [&](VarId A, VarId B) {
      return F.Variables[A].Line < F.Variables[B].Line;
    });
    std::string Text;
    for (VarId Id : InOrder) {
      const Variable &V = F.Variables[Id];
      const bool IsParameter = V.As == Variable::Form::Parameter;
      const std::string &Name = V.Declared;
      if (Name.empty() || !Layout.InFrame[Id] || !(IsParameter || Crosses.crosses(Id)))
        continue;
      std::string Place = storageOf(F, Layout, Id);
      if (V.As == Variable::Form::Object)
        Place = placeOf(F, Layout, Id) + (V.Indirect ? ".value" : "");
      else if (V.As == Variable::Form::Pointer)
        Place = "*" + Place;
      Text += (Text.empty() ? "" : " ") + Name + (Place == Name ? "" : "=" + Place);
      if (!IsParameter && Crosses.Points[Id].size() != F.Points.size())
        for (size_t I = 0; I < Crosses.Points[Id].size(); ++I)
          Text += (I ? "," : "@") + std::to_string(Crosses.Points[Id][I]);
    }
    return Text.empty() ? "" : ", \"" + Text + "\"";
  }

  std::string forwarded(const FrameParameter &P) const {
    const Variable &V = F.Variables[P.Var];
    if (P.Declarator != V.Declarator)
      return "std::move(" + P.Name + ")";
    if (llvm::StringRef(P.Declarator).contains("&&"))
      return "static_cast<decltype(" + P.Name + ")>(" + P.Name + ")";
    return P.Name;
  }

  void unwind() {
    Out.breakLine();
    Out.write("void weft_unwind(unsigned level) {", F.Line);
    Out.breakLine();
    Out.indent();
    Out.write("while (weft_alive > level) {", F.Line);
    Out.indent();
    Out.write("switch (weft_alive) {", F.Line);
    std::vector<VarId> ByIndex(F.AliveCount + 1, ~0u);
    for (VarId Id = 0; Id < F.Variables.size(); ++Id)
      if (unsigned Alive = F.Variables[Id].Alive)
        ByIndex[Alive] = Id;
    for (unsigned Index = F.AliveCount; Index; --Index) {
      std::string Case = "case " + std::to_string(Index) + ": ";
      if (Index == F.BundleAlive) {
        Out.write(Case + "weft_alive = 0; weft_parameters.destroy(); break;", F.Line);
        continue;
      }
      VarId Id = ByIndex[Index];
      if (Id == ~0u)
        continue;
      const Variable &V = F.Variables[Id];
      if (V.IsArm) {
        Out.write(Case + "weft_alive = " + storageOf(F, Layout, Id) + "; break;", V.Line);
        continue;
      }
      Out.write(Case + "weft_alive = " + std::to_string(V.Outer) + "; " +
                    (V.Whole ? "if (!" + storageOf(F, Layout, *V.Whole) + ") " : "") +
                    storageOf(F, Layout, Id) + ".destroy(); break;",
                V.Line);
    }
    Out.write("}", 0);
    Out.outdent();
    Out.write("}", 0);
    Out.outdent();
    Out.write("}", 0);
  }

  const Flow &F;
  const FrameLayout &Layout;
  const FramePlacement &Place;
  Crossing Crosses;
  LineWriter &Out;
};

} // namespace

void weft::writeFrame(const Flow &F, const FrameLayout &Layout,
                      const FramePlacement &Place, LineWriter &Out) {
  FrameWriter(F, Layout, Place, Out).write();
}

std::string weft::startStatement(const Flow &F, const FramePlacement &Place) {
  if (F.IsFiber) {
    std::string Text = "return weft::begin<" + F.FrameName +
                       Place.TemplateArguments + ">(weft_result";
    for (const FrameParameter &P : F.Parameters)
      Text += ", " + P.Argument;
    return Text + ");";
  }
  std::string Text =
      "return {weft::in_frame<" + F.FrameName + Place.TemplateArguments + ">()";
  if (!F.Allocator.empty())
    Text += ", " + F.Allocator;
  for (const FrameParameter &P : F.Parameters)
    Text += ", " + P.Argument;
  return Text + "};";
}
