//===- JsonWriter.cpp - What the tool knows of a coroutine, as JSON ------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/JsonWriter.h"
#include "Emit/FrameWriter.h"

using namespace weft;
namespace json = llvm::json;

static json::Value number(std::optional<uint64_t> Value) {
  return Value ? json::Value(static_cast<int64_t>(*Value)) : json::Value(nullptr);
}

static llvm::StringRef nameOf(SuspensionPoint::Kind What) {
  switch (What) {
  case SuspensionPoint::Kind::Yield:
    return "yield";
  case SuspensionPoint::Kind::Await:
    return "await";
  case SuspensionPoint::Kind::Delegate:
    return "delegate";
  case SuspensionPoint::Kind::Call:
    return "call";
  case SuspensionPoint::Kind::Wait:
    return "wait";
  case SuspensionPoint::Kind::Checkpoint:
    return "checkpoint";
  }
  return "";
}

json::Value weft::toJson(const Flow &F, const FrameLayout &Layout) {
  Crossing Crosses = findCrossing(F);
  json::Array Points;
  for (size_t I = 0; I < F.Points.size(); ++I) {
    json::Array Live;
    for (VarId Id = 0; Id < F.Variables.size(); ++Id)
      if (llvm::is_contained(Crosses.Points[Id], PointId(I + 1)))
        Live.push_back(F.Variables[Id].Name);
    Points.push_back(json::Object{{"id", int64_t(I + 1)},
                                  {"kind", nameOf(F.Points[I].What)},
                                  {"line", int64_t(F.Points[I].Line)},
                                  {"column", int64_t(F.Points[I].Column)},
                                  {"live", std::move(Live)}});
  }
  json::Array Fields;
  for (VarId Id = 0; Id < F.Variables.size(); ++Id) {
    if (!Layout.InFrame[Id])
      continue;
    const Variable &V = F.Variables[Id];
    std::string Type = V.Type;
    if (V.As != Variable::Form::Object) {
      Type = V.Declarator;
      size_t At = Type.rfind(V.Stored.empty() ? V.Name : V.Stored);
      if (At != std::string::npos)
        Type.erase(At, (V.Stored.empty() ? V.Name : V.Stored).size());
      Type = llvm::StringRef(Type).trim().str();
    }
    json::Array Overlaps;
    if (Layout.Offset[Id] && V.Size)
      for (VarId Other = 0; Other < F.Variables.size(); ++Other) {
        const Variable &O = F.Variables[Other];
        if (Other != Id && Layout.InFrame[Other] && Layout.Offset[Other] && O.Size &&
            *Layout.Offset[Other] < *Layout.Offset[Id] + *V.Size &&
            *Layout.Offset[Id] < *Layout.Offset[Other] + *O.Size)
          Overlaps.push_back(O.Name);
      }
    Fields.push_back(json::Object{{"name", V.Name},
                                  {"type", Type},
                                  {"offset", number(Layout.Offset[Id])},
                                  {"size", number(V.Size)},
                                  {"line", int64_t(V.Line)},
                                  {"kept", describe(F, Layout, Crosses, Id)},
                                  {"overlaps", std::move(Overlaps)}});
  }
  return json::Object{{"name", F.FunctionName},
                      {"kind", F.IsFiber   ? "fiber"
                               : F.IsAsync ? "async generator"
                                           : "coroutine"},
                      {"file", F.File},
                      {"line", int64_t(F.Line)},
                      {"frame", F.FrameName},
                      {"size", number(Layout.Size)},
                      {"header", number(F.HeaderBytes)},
                      {"suspension_points", std::move(Points)},
                      {"fields", std::move(Fields)}};
}
