//===- PreprocessorRecord.cpp - The directives that Clang acted on --------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/PreprocessorRecord.h"
#include "clang/Lex/PPCallbacks.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;
using namespace weft;

namespace {

class Recorder : public PPCallbacks {
public:
  Recorder(Preprocessor &PP, PreprocessorRecord &Record)
      : PP(PP), SM(PP.getSourceManager()), Record(Record) {}

  void InclusionDirective(SourceLocation HashLoc, const Token &,
                          StringRef FileName, bool IsAngled,
                          CharSourceRange FilenameRange,
                          OptionalFileEntryRef File, StringRef, StringRef,
                          const Module *, bool,
                          SrcMgr::CharacteristicKind) override {
    IncludeDirective Include;
    std::tie(Include.Includer, Include.Begin) = SM.getDecomposedLoc(HashLoc);
    SourceLocation End = FilenameRange.getEnd();
    if (End.isFileID() && SM.getFileID(End) == Include.Includer)
      Include.End = SM.getFileOffset(End);
    else // #include MACRO
      Include.End = endOfDirective(Include.Includer, Include.Begin);
    Include.File = File;
    Include.Spelling = FileName.str();
    Include.Angled = IsAngled;
    Record.Includes.push_back(std::move(Include));
  }

  void FileChanged(SourceLocation Loc, FileChangeReason Reason,
                   SrcMgr::CharacteristicKind, FileID) override {
    if (Reason == EnterFile)
      entered(SM.getFileID(Loc));
    else if (Reason == RenameFile && Loc.isFileID())
      lineDirective(Loc);
  }

  void MacroDefined(const Token &Name, const MacroDirective *) override {
    add(Directive::Kind::Define, Name.getLocation());
  }
  void MacroUndefined(const Token &Name, const MacroDefinition &,
                      const MacroDirective *) override {
    add(Directive::Kind::Undef, Name.getLocation());
  }

  void If(SourceLocation Loc, SourceRange, ConditionValueKind) override {
    conditional(Loc);
  }
  void Elif(SourceLocation Loc, SourceRange, ConditionValueKind,
            SourceLocation) override {
    conditional(Loc);
  }
  void Ifdef(SourceLocation Loc, const Token &,
             const MacroDefinition &) override {
    conditional(Loc);
  }
  void Ifndef(SourceLocation Loc, const Token &,
              const MacroDefinition &) override {
    conditional(Loc);
  }
  void Elifdef(SourceLocation Loc, const Token &,
               const MacroDefinition &) override {
    conditional(Loc);
  }
  void Elifndef(SourceLocation Loc, const Token &,
                const MacroDefinition &) override {
    conditional(Loc);
  }
  void Elifdef(SourceLocation Loc, SourceRange, SourceLocation) override {
    conditional(Loc);
  }
  void Elifndef(SourceLocation Loc, SourceRange, SourceLocation) override {
    conditional(Loc);
  }
  void Else(SourceLocation Loc, SourceLocation) override {
    add(Directive::Kind::Conditional, Loc);
  }
  void Endif(SourceLocation Loc, SourceLocation) override {
    add(Directive::Kind::Conditional, Loc);
  }

  void PragmaDirective(SourceLocation Loc,
                       PragmaIntroducerKind Introducer) override {
    if (Introducer == PIK_HashPragma)
      add(isPragmaOnce(Loc) ? Directive::Kind::PragmaOnce
                            : Directive::Kind::Pragma,
          Loc);
    else if (Loc.isMacroID() &&
             (Record.PragmaCalls.empty() ||
              Record.PragmaCalls.back() != SM.getExpansionLoc(Loc)))
      Record.PragmaCalls.push_back(SM.getExpansionLoc(Loc));
  }
  void Ident(SourceLocation Loc, StringRef) override {
    add(Directive::Kind::Other, Loc);
  }

private:
  /// Notes that \p File was entered, by the last #include in its includer.
  void entered(FileID File) {
    FileID Includer = SM.getDecomposedIncludedLoc(File).first;
    if (Includer.isInvalid() || Record.Includes.empty())
      return;
    IncludeDirective &Last = Record.Includes.back();
    if (Last.Includer == Includer && Last.Included.isInvalid())
      Last.Included = File;
  }

  /// `#line` has no callback of its own: \p Loc is the start of what follows.
  void lineDirective(SourceLocation Loc) {
    auto [File, Offset] = SM.getDecomposedLoc(Loc);
    StringRef Text = SM.getBufferData(File).take_front(Offset).rtrim();
    size_t LineStart = Text.find_last_of("\r\n");
    size_t Hash = Text.find('#', LineStart == StringRef::npos ? 0 : LineStart);
    if (Hash != StringRef::npos)
      addAt(Directive::Kind::Other, File, Hash);
  }

  Directive *add(Directive::Kind What, SourceLocation Word) {
    if (!Word.isFileID())
      return nullptr;
    auto [File, Offset] = SM.getDecomposedLoc(Word);
    if (SM.isWrittenInBuiltinFile(Word) || SM.isWrittenInCommandLineFile(Word))
      return nullptr;
    // The hash may be spelled %: and have comments behind it.
    StringRef Text = SM.getBufferData(File);
    unsigned Hash = Offset;
    while (Text[Hash] != '#' && !Text.substr(Hash).starts_with("%:"))
      if (Hash-- == 0)
        return nullptr;
    return addAt(What, File, Hash);
  }

  Directive *addAt(Directive::Kind What, FileID File, unsigned Hash) {
    Directive New;
    New.File = File;
    New.Begin = Hash;
    New.End = endOfDirective(File, Hash);
    New.What = What;
    Record.Directives.push_back(std::move(New));
    return &Record.Directives.back();
  }

  void conditional(SourceLocation Loc) {
    if (Directive *Added = add(Directive::Kind::Conditional, Loc))
      namesInCondition(*Added);
  }

  /// The names behind `#if` and in the macros that they stand for. Clang's
  /// range of the condition is no use: it starts inside a macro's expansion.
  void namesInCondition(Directive &To) {
    StringRef Text = SM.getBufferData(To.File);
    Lexer Raw(SM.getLocForStartOfFile(To.File), PP.getLangOpts(), Text.begin(),
              Text.begin() + To.Begin, Text.end());
    Token Tok;
    Raw.LexFromRawLexer(Tok); // The hash.
    Raw.LexFromRawLexer(Tok); // The directive's name.
    while (true) {
      Raw.LexFromRawLexer(Tok);
      if (Tok.is(tok::eof) || SM.getFileOffset(Tok.getLocation()) >= To.End)
        return;
      if (Tok.is(tok::raw_identifier) && Tok.getRawIdentifier() != "defined")
        addName(To, PP.getIdentifierInfo(Tok.getRawIdentifier()));
    }
  }

  void addName(Directive &To, const IdentifierInfo *Id) {
    if (llvm::is_contained(To.Macros, Id->getName()))
      return;
    To.Macros.push_back(Id->getName().str());
    if (const MacroInfo *Info = PP.getMacroInfo(Id))
      for (const Token &Tok : Info->tokens())
        if (const IdentifierInfo *Inner = Tok.getIdentifierInfo())
          if (!Inner->isStr("defined"))
            addName(To, Inner);
  }

  bool isPragmaOnce(SourceLocation Loc) {
    auto [File, Offset] = SM.getDecomposedLoc(Loc);
    StringRef Text = SM.getBufferData(File).substr(Offset);
    Text.consume_front("#");
    Text = Text.ltrim(" \t");
    return Text.consume_front("pragma") &&
           Text.ltrim(" \t").starts_with("once");
  }

  /// The end of the last token on the logical line that starts at \p Hash.
  unsigned endOfDirective(FileID File, unsigned Hash) {
    StringRef Text = SM.getBufferData(File);
    Lexer Raw(SM.getLocForStartOfFile(File), PP.getLangOpts(), Text.begin(),
              Text.begin() + Hash, Text.end());
    unsigned End = Hash + 1;
    Token Tok;
    Raw.LexFromRawLexer(Tok); // The hash.
    while (true) {
      Raw.LexFromRawLexer(Tok);
      if (Tok.is(tok::eof) || Tok.isAtStartOfLine())
        return End;
      End = SM.getFileOffset(Tok.getLocation()) + Tok.getLength();
    }
  }

  Preprocessor &PP;
  SourceManager &SM;
  PreprocessorRecord &Record;
};

} // namespace

void weft::recordPreprocessing(Preprocessor &PP, PreprocessorRecord &Record) {
  PP.addPPCallbacks(std::make_unique<Recorder>(PP, Record));
}
