//===- FrameLayout.cpp - Where each variable lives -----------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layout/FrameLayout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace weft;

namespace {

class Builder {
public:
  Builder(const Flow &F, const Crossing &Crosses) : F(F) {
    Result.InFrame.resize(F.Variables.size());
    Result.Path.resize(F.Variables.size());
    Result.Offset.resize(F.Variables.size());
    for (VarId Id = 0; Id < F.Variables.size(); ++Id) {
      const Variable &V = F.Variables[Id];
      Result.InFrame[Id] =
          V.Place.empty() &&
          (V.As == Variable::Form::Parameter || Crosses.crosses(Id) || V.InUnwind ||
           (V.As == Variable::Form::Object && V.HasDestructor));
    }
    cache(Crosses);
  }

  FrameLayout build() {
    std::vector<FrameItem> Items;
    for (const FrameParameter &P : F.Parameters)
      if (!P.InBundle)
        Items.push_back(variable(P.Var));
    if (F.AliveCount) {
      FrameItem Alive;
      Alive.What = FrameItem::Kind::Alive;
      Alive.Size = Alive.Align = F.AliveType == "std::uint8_t" ? 1 : 2;
      Items.push_back(std::move(Alive));
    }
    if (F.BundleAlive)
      Items.push_back(bundle());
    for (FrameItem &Item : scope(0))
      Items.push_back(std::move(Item));
    place(Items, F.HeaderBytes);
    Result.Size.reset();
    if (auto End = end(Items, F.HeaderBytes))
      Result.Size = llvm::alignTo(*End, largestAlignment(Items, 8));
    note(Items, "", 0);
    Result.Items = std::move(Items);
    return std::move(Result);
  }

private:
  /// Keeps in locals what crosses checkpoints only. The paths there are cold; behind
  /// another point the value would be loaded and stored again on each pass.
  void cache(const Crossing &Crosses) {
    Result.Cached.resize(F.Variables.size());
    Result.Saved.resize(F.Points.size());
    for (VarId Id = 0; Id < F.Variables.size(); ++Id) {
      const Variable &V = F.Variables[Id];
      Result.Cached[Id] =
          V.Cacheable && !V.Escapes && !V.InUnwind && Crosses.crosses(Id) &&
          llvm::all_of(Crosses.Points[Id], [&](PointId Point) {
            return F.Points[Point - 1].What == SuspensionPoint::Kind::Checkpoint;
          });
      if (Result.Cached[Id])
        for (PointId Point : Crosses.Points[Id])
          Result.Saved[Point - 1].push_back(Id);
    }
  }

  FrameItem variable(VarId Id) const {
    FrameItem Item;
    Item.Id = Id;
    Item.Size = F.Variables[Id].Size;
    Item.Align = F.Variables[Id].Align;
    return Item;
  }

  FrameItem bundle() const {
    FrameItem Item;
    Item.What = FrameItem::Kind::Bundle;
    uint64_t Size = 0, Align = 1;
    for (const FrameParameter &P : F.Parameters) {
      if (!P.InBundle)
        continue;
      const Variable &V = F.Variables[P.Var];
      if (!V.Size)
        return Item;
      Size = llvm::alignTo(Size, *V.Align) + *V.Size;
      Align = std::max(Align, *V.Align);
    }
    Item.Size = llvm::alignTo(Size, Align);
    Item.Align = Align;
    return Item;
  }

  /// The members that a scope needs, its inner scopes overlapping.
  std::vector<FrameItem> scope(ScopeId Scope) {
    std::vector<FrameItem> Items;
    for (VarId Id = 0; Id < F.Variables.size(); ++Id)
      if (Result.InFrame[Id] && F.Variables[Id].Scope == Scope &&
          F.Variables[Id].As != Variable::Form::Parameter)
        Items.push_back(variable(Id));
    std::vector<std::vector<FrameItem>> Inner;
    std::vector<std::string> Names;
    for (ScopeId Each = Scope + 1; Each < F.Scopes.size(); ++Each) {
      if (F.Scopes[Each].Parent != Scope)
        continue;
      std::vector<FrameItem> Fields = scope(Each);
      if (Fields.empty())
        continue;
      Inner.push_back(std::move(Fields));
      Names.push_back("scope_" + std::to_string(Each));
    }
    if (Inner.size() == 1) {
      for (FrameItem &Item : Inner[0])
        Items.push_back(std::move(Item));
    } else if (!Inner.empty()) {
      FrameItem Union;
      Union.What = FrameItem::Kind::Union;
      Union.Name = "weft_overlap_" + std::to_string(Scope);
      Union.Alternatives = std::move(Inner);
      Union.AlternativeNames = std::move(Names);
      uint64_t Size = 0, Align = 1;
      bool Known = true;
      for (auto &Fields : Union.Alternatives) {
        place(Fields, 0);
        auto End = end(Fields, 0);
        Known &= End.has_value();
        uint64_t Own = largestAlignment(Fields, 1);
        Size = std::max(Size, llvm::alignTo(End.value_or(0), Own));
        Align = std::max(Align, Own);
      }
      if (Known) {
        Union.Size = llvm::alignTo(Size, Align);
        Union.Align = Align;
      }
      Items.push_back(std::move(Union));
    }
    return Items;
  }

  static uint64_t largestAlignment(const std::vector<FrameItem> &Items,
                                   uint64_t Least) {
    for (const FrameItem &Item : Items)
      Least = std::max(Least, Item.Align.value_or(1));
    return Least;
  }

  /// Orders items: what fits the present offset and is largest comes first.
  static void place(std::vector<FrameItem> &Items, std::optional<uint64_t> Start) {
    for (const FrameItem &Item : Items)
      if (!Item.Size)
        Start.reset();
    if (!Start)
      return;
    uint64_t At = *Start;
    for (size_t First = 0; First < Items.size(); ++First) {
      size_t Best = First;
      auto waste = [&](size_t I) {
        return llvm::alignTo(At, *Items[I].Align) - At;
      };
      for (size_t I = First + 1; I < Items.size(); ++I)
        if (waste(I) < waste(Best) ||
            (waste(I) == waste(Best) && *Items[I].Align > *Items[Best].Align))
          Best = I;
      std::rotate(Items.begin() + First, Items.begin() + Best,
                  Items.begin() + Best + 1);
      At = llvm::alignTo(At, *Items[First].Align);
      Items[First].Offset = At;
      At += *Items[First].Size;
    }
  }

  static std::optional<uint64_t> end(const std::vector<FrameItem> &Items,
                                     std::optional<uint64_t> Start) {
    for (const FrameItem &Item : Items) {
      if (!Item.Offset)
        return std::nullopt;
      Start = *Item.Offset + *Item.Size;
    }
    return Start;
  }

  /// Records paths and offsets for each variable.
  void note(std::vector<FrameItem> &Items, const std::string &Path,
            std::optional<uint64_t> Base) {
    for (FrameItem &Item : Items) {
      std::optional<uint64_t> At;
      if (Base && Item.Offset)
        At = *Base + *Item.Offset;
      Item.Offset = At;
      if (Item.What == FrameItem::Kind::Variable) {
        Result.Path[Item.Id] = Path;
        Result.Offset[Item.Id] = At;
      } else if (Item.What == FrameItem::Kind::Bundle) {
        uint64_t Inside = 0;
        for (const FrameParameter &P : F.Parameters) {
          if (!P.InBundle)
            continue;
          Result.Path[P.Var] = "weft_parameters.value.";
          const Variable &V = F.Variables[P.Var];
          if (At && V.Size) {
            Inside = llvm::alignTo(Inside, *V.Align);
            Result.Offset[P.Var] = *At + Inside;
            Inside += *V.Size;
          }
        }
      } else if (Item.What == FrameItem::Kind::Union) {
        for (size_t I = 0; I < Item.Alternatives.size(); ++I)
          note(Item.Alternatives[I], Path + Item.Name + "." + Item.AlternativeNames[I] + ".", At);
      }
    }
  }

  const Flow &F;
  FrameLayout Result;
};

} // namespace

FrameLayout weft::layOut(const Flow &F, const Crossing &Crosses) {
  return Builder(F, Crosses).build();
}
