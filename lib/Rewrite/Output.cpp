//===- Output.cpp - The translation unit with its edits ------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/Output.h"
#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <map>
#include <set>

using namespace clang;
using namespace weft;

std::string weft::lineName(const SourceManager &Sources, FileID File) {
  std::string Name;
  if (auto Entry = Sources.getFileEntryRefForID(File))
    Name = Entry->getName().str();
  else
    Name = Sources.getBufferOrFake(File).getBufferIdentifier().str();
  std::string Escaped;
  for (char C : Name) {
    if (C == '\\' || C == '"')
      Escaped += '\\';
    Escaped += C;
  }
  return Escaped;
}

namespace {

class OutputWriter {
public:
  OutputWriter(const TranslationUnit &Unit, std::vector<FileEdit> Edits,
               bool LineDirectives)
      : Unit(Unit), Sources(Unit.Sources), LineDirectives(LineDirectives) {
    for (FileEdit &Edit : Edits)
      ByFile[Edit.File].push_back(std::move(Edit));
    for (const Directive &D : Unit.Directives)
      if (D.What == Directive::Kind::PragmaOnce)
        Once[D.File] = &D;
    findInlined();
  }

  std::string write(llvm::StringRef Head) {
    FileID Main = Sources.getMainFileID();
    Out = "#define WEFT_TRANSFORMED 1\n" + Head.str();
    if (LineDirectives)
      Out += "#line 1 \"" + lineName(Sources, Main) + "\"\n";
    file(Main);
    return std::move(Out);
  }

private:
  void markInlined(FileID File) {
    while (File.isValid() && File != Sources.getMainFileID()) {
      Inlined.insert(File);
      File = Sources.getFileID(Sources.getIncludeLoc(File));
    }
  }

  /// Whether \p Entry is a header with `#pragma once` that is inlined.
  bool isInlinedOnce(OptionalFileEntryRef Entry) const {
    if (!Entry)
      return false;
    for (FileID File : Inlined)
      if (Once.count(File) && Sources.getFileEntryRefForID(File) &&
          &Sources.getFileEntryRefForID(File)->getFileEntry() ==
              &Entry->getFileEntry())
        return true;
    return false;
  }

  void findInlined() {
    for (auto &[File, Edits] : ByFile)
      markInlined(File);
    for (bool Changed = true; Changed;) {
      size_t Before = Inlined.size();
      for (const IncludeDirective &I : Unit.Includes)
        if (I.Included.isInvalid() && isInlinedOnce(I.File))
          markInlined(I.Includer);
      Changed = Inlined.size() != Before;
    }
  }

  /// Text for an #include that stays, seen from where the output is.
  std::string keptInclude(const IncludeDirective &I, llvm::StringRef Text) const {
    if (I.Angled || I.Includer == Sources.getMainFileID() || !I.File)
      return Text.str();
    auto Includer = Sources.getFileEntryRefForID(I.Includer);
    if (!Includer || llvm::sys::path::is_absolute(I.Spelling))
      return Text.str();
    llvm::SmallString<256> Beside(
        llvm::sys::path::parent_path(Includer->getName()));
    llvm::sys::path::append(Beside, I.Spelling);
    if (Beside != I.File->getName())
      return Text.str(); // Found along the search path, as it will be again.
    return "#include \"" + relativeToMain(I.File->getName()) + "\"";
  }

  std::string relativeToMain(llvm::StringRef File) const {
    auto Main = Sources.getFileEntryRefForID(Sources.getMainFileID());
    llvm::SmallString<256> From(
        Main ? llvm::sys::path::parent_path(Main->getName()) : "");
    llvm::SmallString<256> To(File);
    llvm::sys::fs::make_absolute(From);
    llvm::sys::fs::make_absolute(To);
    llvm::sys::path::remove_dots(From, true);
    llvm::sys::path::remove_dots(To, true);
    auto A = llvm::sys::path::begin(From), AEnd = llvm::sys::path::end(From);
    auto B = llvm::sys::path::begin(To), BEnd = llvm::sys::path::end(To);
    while (A != AEnd && B != BEnd && *A == *B)
      ++A, ++B;
    llvm::SmallString<256> Result;
    for (; A != AEnd; ++A)
      llvm::sys::path::append(Result, "..");
    for (; B != BEnd; ++B)
      llvm::sys::path::append(Result, *B);
    return Result.str().str();
  }

  /// What the text behind [\p Begin, \p End), which was replaced, needs of the
  /// directives in it: definitions, and what a conditional has left open.
  void keepDirectives(FileID File, unsigned Begin, unsigned End) {
    llvm::StringRef Buffer = Sources.getBufferData(File);
    struct Kept {
      bool Opens;
      llvm::StringRef Text;
    };
    std::vector<Kept> All;
    for (const Directive &D : Unit.Directives) {
      if (D.File != File || D.Begin < Begin || D.Begin >= End)
        continue;
      const llvm::StringRef Text = Buffer.slice(D.Begin, D.End);
      if (D.What == Directive::Kind::Define || D.What == Directive::Kind::Undef)
        All.push_back({false, Text});
      if (D.What != Directive::Kind::Conditional)
        continue;
      const llvm::StringRef Word = Text.drop_while([](char C) { return !isLetter(C); });
      const auto Open = std::find_if(All.rbegin(), All.rend(), [](const Kept &Each) { return Each.Opens; });
      if (Word.starts_with("if"))
        All.push_back({true, Text});
      else if (Open == All.rend())
        All.push_back({false, Text});
      else if (Word.starts_with("endif"))
        All.erase(std::next(Open).base());
    }
    if (All.empty())
      return;
    for (const Kept &Each : All) {
      if (Out.back() != '\n')
        Out += '\n';
      Out += Each.Text;
    }
    Out += '\n';
    lineDirective(File, End);
  }

  void lineDirective(FileID File, unsigned Offset) {
    if (!LineDirectives)
      return;
    if (!Out.empty() && Out.back() != '\n')
      Out += '\n';
    Out += "#line " + std::to_string(Sources.getLineNumber(File, Offset)) + " \"" +
           lineName(Sources, File) + "\"\n";
  }

  void file(FileID File) {
    llvm::StringRef Buffer = Sources.getBufferData(File);
    struct Change {
      unsigned Begin, End;
      const FileEdit *Edit = nullptr;
      const IncludeDirective *Include = nullptr;
      bool Drop = false;
    };
    std::vector<Change> Changes;
    for (const FileEdit &Edit : ByFile[File])
      Changes.push_back({Edit.Begin, Edit.End, &Edit});
    for (const IncludeDirective &I : Unit.Includes)
      if (I.Includer == File)
        Changes.push_back({I.Begin, I.End, nullptr, &I});
    if (File != Sources.getMainFileID())
      if (auto It = Once.find(File); It != Once.end())
        Changes.push_back({It->second->Begin, It->second->End, nullptr, nullptr, true});
    llvm::stable_sort(Changes, [](const Change &A, const Change &B) {
      return A.Begin != B.Begin ? A.Begin < B.Begin : A.End > B.End;
    });
    unsigned At = Buffer.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    for (const Change &C : Changes) {
      if (C.Begin < At && !(C.Begin == C.End && C.Begin == At))
        continue; // Inside an edit that is done.
      if (C.Begin < At)
        continue;
      Out += Buffer.slice(At, C.Begin);
      llvm::StringRef Old = Buffer.slice(C.Begin, C.End);
      At = C.End;
      if (C.Edit) {
        Out += C.Edit->Text;
        keepDirectives(File, C.Begin, C.End);
      } else if (C.Drop || (C.Include && C.Include->Included.isInvalid() &&
                            isInlinedOnce(C.Include->File))) {
        // Leaves its line empty.
      } else if (Inlined.count(C.Include->Included)) {
        if (LineDirectives && !Out.empty() && Out.back() != '\n')
          Out += '\n';
        if (LineDirectives)
          Out += "#line 1 \"" + lineName(Sources, C.Include->Included) + "\"\n";
        file(C.Include->Included);
        lineDirective(File, C.End);
      } else {
        Out += keptInclude(*C.Include, Old);
      }
    }
    Out += Buffer.drop_front(At);
    if (!Buffer.empty() && Buffer.back() != '\n')
      Out += '\n';
  }

  const TranslationUnit &Unit;
  const SourceManager &Sources;
  bool LineDirectives;
  std::map<FileID, std::vector<FileEdit>> ByFile;
  std::map<FileID, const Directive *> Once;
  std::set<FileID> Inlined;
  std::string Out;
};

} // namespace

std::string weft::writeOutput(const TranslationUnit &Unit,
                              std::vector<FileEdit> Edits, bool LineDirectives,
                              llvm::StringRef Head) {
  return OutputWriter(Unit, std::move(Edits), LineDirectives).write(Head);
}
