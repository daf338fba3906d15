//===- SourceText.cpp - The user's text, verbatim but for edits ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/SourceText.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace weft;

SourceText::SourceText(const SourceManager &Sources, const LangOptions &LangOpts,
                       const syntax::TokenBuffer &Tokens)
    : Sources(Sources), LangOpts(LangOpts), Tokens(Tokens) {}

SourceText::Range SourceText::indices(SourceRange R) const {
  llvm::ArrayRef<syntax::Token> All = Tokens.expandedTokens();
  llvm::ArrayRef<syntax::Token> Part = Tokens.expandedTokens(R);
  if (Part.empty())
    return {0, 0};
  unsigned Begin = Part.begin() - All.begin();
  return {Begin, Begin + static_cast<unsigned>(Part.size())};
}

void SourceText::replace(SourceRange R, std::string Text) {
  auto [Begin, End] = indices(R);
  assert(Begin != End && "nothing to replace");
  Replaced[Begin].push_back({End, std::move(Text)});
}

void SourceText::substitute(SourceRange R, std::string Text) {
  Before.erase(indices(R).first);
  replace(R, std::move(Text));
}

void SourceText::insertBefore(SourceLocation Where, std::string Text) {
  auto [Begin, End] = indices(SourceRange(Where, Where));
  assert(Begin != End && "no token there");
  (void)End;
  Before[Begin] += Text;
}

void SourceText::insertInstead(SourceLocation Where, std::string Text) {
  auto [Begin, End] = indices(SourceRange(Where, Where));
  assert(Begin != End && "no token there");
  (void)End;
  Before[Begin] = std::move(Text);
}

void SourceText::insertAfter(SourceLocation Where, std::string Text) {
  auto [Begin, End] = indices(SourceRange(Where, Where));
  assert(Begin != End && "no token there");
  (void)End;
  After[Begin] += Text;
}

namespace {

/// Collects output and keeps its line breaks where the source has them.
class Assembler {
public:
  Assembler(const SourceManager &Sources, Piece &Out)
      : Sources(Sources), Out(Out) {}

  /// \p Text stands for the file's characters [Begin, End).
  void add(llvm::StringRef Text, FileID File, unsigned Begin, unsigned End) {
    if (Out.Line == 0) {
      Out.Line = Sources.getLineNumber(File, Begin);
      Out.Column = Sources.getColumnNumber(File, Begin);
      Line = Out.Line;
    } else if (File == LastFile && Begin >= LastEnd) {
      gap(File, Begin);
    } else if (!Out.Text.empty()) {
      Out.Text += ' ';
    }
    Out.Text += Text;
    // Text with directives of its own ends on the line that it replaces.
    Line = Text.contains("\n#line ") ? Sources.getLineNumber(File, End - 1)
                                    : Line + Text.count('\n');
    LastFile = File;
    LastEnd = End;
  }

  /// Another token of the same expansion.
  void addExpanded(llvm::StringRef Text) {
    char Last = Out.Text.empty() ? ' ' : Out.Text.back();
    bool Tight = Text == ")" || Text == "," || Text == ";" || Last == '(' ||
                 Last == ' ';
    if (!Tight)
      Out.Text += ' ';
    Out.Text += Text;
  }

private:
  /// Copies what stands between two tokens, unless directives make a part of it
  /// inactive; then only the line breaks.
  void gap(FileID File, unsigned Begin) {
    llvm::StringRef Between =
        Sources.getBufferData(File).slice(LastEnd, Begin);
    bool HasDirective = false;
    for (llvm::StringRef Rest = Between; !Rest.empty();) {
      auto [First, Tail] = Rest.split('\n');
      HasDirective |= Rest.data() != Between.data() &&
                      First.ltrim().starts_with("#");
      Rest = Tail;
    }
    unsigned Target = Sources.getLineNumber(File, Begin);
    if (!HasDirective && Line + Between.count('\n') <= Target) {
      // Replaced text may have swallowed line breaks: catch up first.
      for (unsigned Missing = Target - Line - Between.count('\n'); Missing; --Missing)
        Out.Text += '\n', ++Line;
      Out.Text += Between;
      Line += Between.count('\n');
      return;
    }
    if (Line >= Target)
      Out.Text += ' ';
    while (Line < Target)
      Out.Text += '\n', ++Line;
  }

  const SourceManager &Sources;
  Piece &Out;
  unsigned Line = 0;
  FileID LastFile;
  unsigned LastEnd = 0;
};

} // namespace

Piece SourceText::render(SourceRange R) const {
  Piece Out;
  Assembler Assemble(Sources, Out);
  llvm::ArrayRef<syntax::Token> All = Tokens.expandedTokens();
  auto [Begin, End] = indices(R);

  auto place = [&](unsigned I) {
    return Sources.getDecomposedLoc(Sources.getExpansionLoc(All[I].location()));
  };
  auto endOffset = [&](unsigned I) {
    auto Range = Sources.getExpansionRange(All[I].location());
    auto [File, Offset] = Sources.getDecomposedLoc(Range.getEnd());
    (void)File;
    if (All[I].location().isFileID())
      return Offset + All[I].length();
    return Offset + Lexer::MeasureTokenLength(Range.getEnd(), Sources, LangOpts);
  };
  auto decorate = [&](unsigned I, std::string Text) {
    if (auto It = Before.find(I); It != Before.end())
      Text = It->second + Text;
    if (auto It = After.find(I); It != After.end())
      Text += It->second;
    return Text;
  };
  // The outermost replacement that begins at I and fits.
  auto replacement = [&](unsigned I) -> const Edit * {
    auto It = Replaced.find(I);
    const Edit *Best = nullptr;
    if (It != Replaced.end())
      for (const Edit &E : It->second)
        if (E.End <= End && (!Best || E.End >= Best->End)) // The last one said.
          Best = &E;
    return Best;
  };
  auto touched = [&](unsigned First, unsigned Last) {
    auto hits = [&](const auto &Map) {
      auto It = Map.lower_bound(First);
      return It != Map.end() && It->first < Last;
    };
    return hits(Replaced) || hits(Before) || hits(After);
  };

  for (unsigned I = Begin; I < End;) {
    auto [File, Offset] = place(I);
    if (const Edit *E = replacement(I)) {
      Assemble.add(decorate(I, E->Text), File, Offset, endOffset(E->End - 1));
      I = E->End;
      continue;
    }
    if (All[I].location().isFileID()) {
      llvm::StringRef Text = All[I].text(Sources);
      if (Text.contains("R\""))
        Out.HasRawString = true;
      Assemble.add(decorate(I, Text.str()), File, Offset, Offset + Text.size());
      ++I;
      continue;
    }
    // A macro call: all of its expansion.
    SourceLocation Call = Sources.getExpansionLoc(All[I].location());
    unsigned First = I, Last = I;
    while (First > 0 && All[First - 1].location().isMacroID() &&
           Sources.getExpansionLoc(All[First - 1].location()) == Call)
      --First;
    while (Last < All.size() && All[Last].location().isMacroID() &&
           Sources.getExpansionLoc(All[Last].location()) == Call)
      ++Last;
    unsigned CallEnd = endOffset(I);
    if (First == I && Last <= End && !touched(First, Last)) {
      Assemble.add(Sources.getBufferData(File).slice(Offset, CallEnd), File,
                   Offset, CallEnd);
      I = Last;
      continue;
    }
    for (bool Fresh = true; I < Last && I < End; Fresh = false) {
      const Edit *E = replacement(I);
      std::string Text = decorate(
          I, E ? E->Text : All[I].text(Sources).str());
      if (Fresh)
        Assemble.add(Text, File, Offset, CallEnd);
      else
        Assemble.addExpanded(Text);
      I = E ? E->End : I + 1;
    }
  }
  return Out;
}

std::vector<Piece> SourceText::comments(SourceLocation From,
                                        SourceLocation To) const {
  std::vector<Piece> Found;
  if (!From.isFileID() || !To.isFileID())
    return Found;
  auto [File, Begin] = Sources.getDecomposedLoc(From);
  auto [ToFile, End] = Sources.getDecomposedLoc(To);
  if (File != ToFile || End < Begin)
    return Found;
  llvm::StringRef Buffer = Sources.getBufferData(File);
  Lexer Raw(Sources.getLocForStartOfFile(File), LangOpts, Buffer.begin(),
            Buffer.begin() + Begin, Buffer.end());
  Raw.SetCommentRetentionState(true);
  unsigned Conditionals = 0;
  std::vector<Piece> Directives;
  for (Token Tok; !Raw.LexFromRawLexer(Tok);) {
    unsigned At = Sources.getFileOffset(Tok.getLocation());
    if (At >= End)
      break;
    auto piece = [&](llvm::StringRef Text) {
      return Piece{Text.str(), Sources.getLineNumber(File, At),
                   Sources.getColumnNumber(File, At)};
    };
    if (Tok.is(tok::comment)) {
      Found.push_back(piece(Buffer.substr(At, Tok.getLength()).rtrim()));
    } else if (Tok.is(tok::hash) && Tok.isAtStartOfLine()) {
      Raw.LexFromRawLexer(Tok);
      llvm::StringRef Name =
          Tok.is(tok::raw_identifier) ? Tok.getRawIdentifier() : "";
      if (Name.starts_with("if") || Name.starts_with("el") || Name == "endif")
        ++Conditionals;
      unsigned LineEnd = At;
      while (LineEnd < Buffer.size() &&
             (Buffer[LineEnd] != '\n' || Buffer[LineEnd - 1] == '\\'))
        ++LineEnd;
      if (Name == "define" || Name == "undef" || Name == "pragma")
        Directives.push_back(piece(Buffer.slice(At, LineEnd)));
    }
  }
  // Inactive text cannot be told from active text here: keep none of it.
  if (Conditionals)
    return {};
  Found.insert(Found.end(), Directives.begin(), Directives.end());
  llvm::stable_sort(
      Found, [](const Piece &A, const Piece &B) { return A.Line < B.Line; });
  return Found;
}

std::map<std::string, unsigned> SourceText::identifiers(SourceRange R) const {
  std::map<std::string, unsigned> Found;
  llvm::ArrayRef<syntax::Token> All = Tokens.expandedTokens();
  auto [Begin, End] = indices(R);
  for (unsigned I = Begin; I < End; ++I)
    if (All[I].kind() == tok::identifier &&
        (I == 0 || (All[I - 1].kind() != tok::period &&
                    All[I - 1].kind() != tok::arrow &&
                    All[I - 1].kind() != tok::coloncolon)))
      ++Found[All[I].text(Sources).str()];
  return Found;
}

SourceLocation SourceText::next(SourceLocation Where) const {
  auto [Begin, End] = indices(SourceRange(Where, Where));
  (void)Begin;
  llvm::ArrayRef<syntax::Token> All = Tokens.expandedTokens();
  return End && End < All.size() ? All[End].location() : SourceLocation();
}

SourceLocation SourceText::withAttributes(SourceLocation Where) const {
  auto [Begin, End] = indices(SourceRange(Where, Where));
  if (Begin == End)
    return Where;
  llvm::ArrayRef<syntax::Token> All = Tokens.expandedTokens();
  unsigned At = Begin;
  while (At >= 4 && All[At - 1].kind() == tok::r_square &&
         All[At - 2].kind() == tok::r_square) {
    unsigned Depth = 0, I = At;
    do {
      --I;
      if (All[I].kind() == tok::r_square)
        ++Depth;
      else if (All[I].kind() == tok::l_square)
        --Depth;
    } while (Depth && I);
    if (Depth || All[I + 1].kind() != tok::l_square)
      break;
    At = I;
  }
  return All[At].location();
}

std::string SourceText::spelling(SourceLocation Where) const {
  auto [Begin, End] = indices(SourceRange(Where, Where));
  return Begin == End ? std::string()
                      : Tokens.expandedTokens()[Begin].text(Sources).str();
}

std::string SourceText::previous(SourceLocation Where) const {
  auto [Begin, End] = indices(SourceRange(Where, Where));
  return Begin == End || Begin == 0
             ? std::string()
             : Tokens.expandedTokens()[Begin - 1].text(Sources).str();
}

unsigned SourceText::line(SourceLocation Where) const {
  return Sources.getExpansionLineNumber(Where);
}
