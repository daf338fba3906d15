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
  auto [Begin, End] = indices(R);
  assert(Begin != End && "nothing to replace");
  Before.erase(Begin);
  Replaced[Begin].push_back({End, std::move(Text), true});
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
    if (Out.Line == 0)
      begin(File, Begin);
    else if (File == LastFile && Begin >= LastEnd)
      gap(File, Begin);
    else if (!Out.Text.empty())
      Out.Text += ' ';
    append(Text);
    LastFile = File;
    LastEnd = End;
  }

  /// The same for an argument of a macro, where it is used.
  void addArgument(llvm::StringRef Text, FileID File, unsigned Begin, unsigned End) {
    if (Out.Line != 0 &&
        !(File == LastFile && Begin >= LastEnd &&
          Sources.getBufferData(File).slice(LastEnd, Begin).trim().empty())) {
      LastFile = FileID();
      for (unsigned Target = Sources.getLineNumber(File, Begin); Line < Target;)
        Out.Text += '\n', ++Line;
      space(Text);
      append(Text);
      LastFile = File;
      LastEnd = End;
      return;
    }
    add(Text, File, Begin, End);
  }

  /// A token of a macro that is called at \p Call.
  void addExpanded(llvm::StringRef Text, FileID File, unsigned Call) {
    if (Out.Line == 0)
      begin(File, Call);
    space(Text);
    append(Text);
    LastFile = FileID();
  }

  /// A macro's call has been written out that ends there.
  void endCall(FileID File, unsigned End) {
    LastFile = File;
    LastEnd = End;
  }

  /// The line of the last character.
  unsigned line() const { return Line; }

private:
  void begin(FileID File, unsigned Offset) {
    Out.Line = Line = Sources.getLineNumber(File, Offset);
    Out.Column = Sources.getColumnNumber(File, Offset);
  }

  void append(llvm::StringRef Text) {
    Out.Text += Text;
    const size_t At = Text.rfind("\n#line ");
    if (At == llvm::StringRef::npos) {
      Line += Text.count('\n');
      return;
    }
    auto [Directive, Rest] = Text.drop_front(At + 1).split('\n');
    Directive.consume_front("#line ");
    Directive.consumeInteger(10, Line);
    Line += Rest.count('\n');
  }

  /// What stands between two tokens of an expansion.
  void space(llvm::StringRef Text) {
    const char Last = Out.Text.empty() ? ' ' : Out.Text.back();
    const bool Tight = Text == ")" || Text == "," || Text == ";" || Last == '(' ||
                       Last == ' ' || Last == '\n';
    if (!Tight)
      Out.Text += ' ';
  }

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
  unsigned LastLine;
  return render(indices(R), LastLine);
}

FilePiece SourceText::withCalls(SourceRange Written) const {
  llvm::ArrayRef<syntax::Token> All = Tokens.expandedTokens();
  auto [First, Last] = indices(Written);
  auto callOf = [&](unsigned I) { // Of the outermost macro.
    return Sources.getExpansionLoc(All[I].location());
  };
  auto inCall = [&](unsigned I, SourceLocation Call) {
    return All[I].location().isMacroID() && callOf(I) == Call;
  };
  while (First > 0 && inCall(First - 1, callOf(First)))
    --First;
  while (Last < All.size() && inCall(Last, callOf(Last - 1)))
    ++Last;
  FilePiece Found;
  Found.Tokens = {First, Last};
  std::tie(Found.File, Found.Begin) = Sources.getDecomposedLoc(callOf(First));
  const SourceLocation End = Sources.getExpansionRange(All[Last - 1].location()).getEnd();
  Found.End = Sources.getFileOffset(End) +
              Lexer::MeasureTokenLength(End, Sources, LangOpts);
  return Found;
}

std::string SourceText::text(const FilePiece &Of) const {
  unsigned Line;
  std::string Text = render(Of.Tokens, Line).Text;
  for (const unsigned Last = Sources.getLineNumber(Of.File, Of.End - 1); Line < Last; ++Line)
    Text += '\n';
  return Text;
}

bool SourceText::isWithin(SourceRange Inner, SourceRange Outer) const {
  const Range In = indices(Inner), Out = indices(Outer);
  return Out.first <= In.first && In.second <= Out.second;
}

bool SourceText::touched(Range What) const {
  auto hits = [&](const auto &Map) {
    auto It = Map.lower_bound(What.first);
    return It != Map.end() && It->first < What.second;
  };
  return hits(Replaced) || hits(Before) || hits(After);
}

bool SourceText::changesCallAt(SourceLocation Call) const {
  const syntax::Token *Name = Tokens.spelledTokenContaining(Call);
  const auto Found = Name ? Tokens.expansionStartingAt(Name) : std::nullopt;
  if (!Found)
    return false;
  const auto Begin = Found->Expanded.begin() - Tokens.expandedTokens().begin();
  return isWrittenOut({static_cast<unsigned>(Begin),
                       static_cast<unsigned>(Begin + Found->Expanded.size())});
}

bool SourceText::isWrittenOut(Range Call) const {
  return touched(Call) || llvm::any_of(Expanded, [&](const Range &Each) {
           return Each.first <= Call.first && Call.first < Each.second;
         });
}

Piece SourceText::render(Range What, unsigned &LastLine) const {
  Piece Out;
  Assembler Assemble(Sources, Out);
  llvm::ArrayRef<syntax::Token> All = Tokens.expandedTokens();
  const auto [Begin, End] = What;

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
  // Where the token is written, if in a file: perhaps as a macro's argument.
  auto argument = [&](unsigned I) -> std::optional<std::pair<FileID, unsigned>> {
    const SourceLocation Where = All[I].location();
    if (Sources.getFileLoc(Where) != Sources.getSpellingLoc(Where))
      return std::nullopt;
    return Sources.getDecomposedSpellingLoc(Where);
  };
  auto decorate = [&](unsigned I, std::string Text) {
    if (auto It = Before.find(I); It != Before.end())
      Text = It->second + Text;
    if (auto It = After.find(I); It != After.end())
      Text += It->second;
    return Text;
  };
  // The outermost replacement that begins at I and fits; of several the last one, but
  // what is put instead of a name stays, whatever the name is.
  auto replacement = [&](unsigned I) -> const Edit * {
    auto It = Replaced.find(I);
    const Edit *Best = nullptr;
    if (It != Replaced.end())
      for (const Edit &E : It->second)
        if (E.End <= End && (!Best || std::pair(E.End, E.IsSubstitute) >=
                                          std::pair(Best->End, Best->IsSubstitute)))
          Best = &E;
    return Best;
  };

  for (unsigned I = Begin; I < End;) {
    auto [File, Offset] = place(I);
    // In a part of one macro's call, that is written out; else whole calls are replaced.
    if (const Edit *E = replacement(I);
        E && (All[I].location().isFileID() || place(I) != place(E->End - 1) ||
              !argument(I) || !argument(E->End - 1))) {
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
    if (First == I && Last <= End && !isWrittenOut({First, Last})) {
      Assemble.add(Sources.getBufferData(File).slice(Offset, CallEnd), File,
                   Offset, CallEnd);
      I = Last;
      continue;
    }
    while (I < Last && I < End) {
      const Edit *E = replacement(I);
      const unsigned Behind = E ? E->End : I + 1;
      const std::string Text = decorate(I, E ? E->Text : All[I].text(Sources).str());
      if (auto Written = argument(I), EndWritten = argument(Behind - 1);
          Written && EndWritten && Written->first == EndWritten->first)
        Assemble.addArgument(Text, Written->first, Written->second,
                             EndWritten->second + All[Behind - 1].length());
      else
        Assemble.addExpanded(Text, File, Offset);
      I = Behind;
    }
    Assemble.endCall(File, CallEnd);
  }
  LastLine = Assemble.line();
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
      if (Name == "pragma")
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

SourceLocation SourceText::before(SourceLocation Where) const {
  auto [Begin, End] = indices(SourceRange(Where, Where));
  return Begin != End && Begin ? Tokens.expandedTokens()[Begin - 1].location()
                               : SourceLocation();
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
  const SourceLocation At = before(Where);
  return At.isValid() ? spelling(At) : std::string();
}

unsigned SourceText::line(SourceLocation Where) const {
  return Sources.getSpellingLineNumber(Sources.getFileLoc(Where));
}
