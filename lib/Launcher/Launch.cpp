//===- Launch.cpp - Weft in front of a compiler ---------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher/Launch.h"
#include "Launcher/AtomicFile.h"
#include "Launcher/CompilerArgs.h"
#include "Launcher/Depfile.h"
#include "Launcher/Process.h"
#include "Launcher/ResponseFile.h"
#include "Launcher/Scan.h"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

using namespace weft;
using Strings = std::vector<std::string>;
using Stage = CompilerArgs::Stage;

static std::string directoryOf(const std::string &Path) {
  size_t Slash = Path.rfind('/');
  if (Slash == Path.npos)
    return ".";
  return Slash == 0 ? "/" : Path.substr(0, Slash);
}

static std::string withoutExtension(const std::string &Path) {
  size_t Slash = Path.rfind('/');
  size_t Dot = Path.rfind('.');
  size_t Name = Slash == Path.npos ? 0 : Slash + 1;
  return Dot == Path.npos || Dot <= Name ? Path : Path.substr(0, Dot);
}

static std::string stemOf(const std::string &Path) {
  std::string Stem = withoutExtension(Path);
  size_t Slash = Stem.rfind('/');
  return Slash == Stem.npos ? Stem : Stem.substr(Slash + 1);
}

static bool startsWith(const std::string &Word, const char *Prefix) {
  return Word.rfind(Prefix, 0) == 0;
}

namespace {

/// A source that needs transforming and what becomes of it.
struct Job {
  size_t Word; ///< Its index in the command.
  std::string Source;
  std::string Generated; ///< The transformed source.
  std::string Object;    ///< When sources are compiled one by one.
  Strings Inputs;        ///< User headers that it was made from.
};

class Launcher {
public:
  Launcher(const CommandLine &Line, const std::string &Core)
      : Line(Line), Core(Core), Args(understandCompiler(Line.Compile)) {}
  ~Launcher() { removeTemporaries(); }

  int run() {
    if (Args.Until == Stage::Nothing || disclaimsWeft(Args))
      return become(Line.Compile);
    if (makesPrecompiledHeader())
      return precompile();
    std::vector<size_t> Sources = Args.cxxSources();
    for (size_t Index : Sources) {
      size_t Word = Args.Inputs[Index].Word;
      if (Line.has(OptionId::GreenAll) || usesWeft(Args, Args.Words[Word]))
        Jobs.push_back({Word, Args.Words[Word], "", "", {}});
    }
    if (Jobs.empty() || !isProgram(Args.Words[Args.Compiler]))
      return become(Line.Compile); // Which says so if there is no compiler.
    if (Sources.size() == 1)
      return compileOne();
    if (Args.Until == Stage::Link)
      return compileAndLink();
    // The compiler says what is wrong with one object for several sources.
    return Args.Output.empty() ? compileEach() : become(Line.Compile);
  }

private:
  //===--------------------------------------------------------------------===//
  // Precompiled headers
  //===--------------------------------------------------------------------===//

  bool makesPrecompiledHeader() const {
    return std::any_of(Args.Inputs.begin(), Args.Inputs.end(),
                       [](const CompilerInput &I) {
                         return I.What == CompilerInput::Kind::CxxHeader;
                       });
  }

  /// A header is not transformed, but the sources that use it are.
  int precompile() {
    Strings Words = Line.Compile;
    for (const CompilerInput &Input : Args.Inputs)
      if (usesWeft(Args, Args.Words[Input.Word])) {
        Words.push_back(Transformed);
        break;
      }
    return become(Words);
  }

  //===--------------------------------------------------------------------===//
  // Names
  //===--------------------------------------------------------------------===//

  std::string defaultOutput(const std::string &Source) const {
    switch (Args.Until) {
    case Stage::Object:
      return stemOf(Source) + ".o";
    case Stage::Assembly:
      return stemOf(Source) + ".s";
    default:
      return "a.out";
    }
  }

  /// A new directory that goes when we end.
  std::string temporaryDirectory() {
    const char *Parent = getenv("TMPDIR");
    std::string Name =
        std::string(Parent && *Parent ? Parent : "/tmp") + "/weft-XXXXXX";
    if (!mkdtemp(Name.data()))
      return "";
    Directories.push_back(Name);
    return Name;
  }

  /// Where to generate code for \p Output: beside it, if that is a file.
  std::string directoryFor(const std::string &Output) {
    struct stat Status;
    bool Device =
        stat(Output.c_str(), &Status) == 0 && !S_ISREG(Status.st_mode);
    if (Args.Until == Stage::SyntaxOnly || Output == "-" || Device)
      return temporaryDirectory();
    std::string Name = Output + ".weft";
    mkdir(Name.c_str(), 0777); // What fails here fails again when writing.
    return Name;
  }

  void nameGenerated(Job &One, const std::string &Output) {
    std::string Base = directoryFor(Output) + "/" + stemOf(One.Source);
    for (unsigned Count = 2; !Names.insert(Base).second; ++Count)
      Base = Base + "." + std::to_string(Count);
    One.Generated = Base + ".weft.cpp";
  }

  std::string depfileName(const std::string &Output) const {
    return Args.DepfileName.empty() ? withoutExtension(Output) + ".d"
                                    : Args.DepfileName;
  }

  //===--------------------------------------------------------------------===//
  // Command lines
  //===--------------------------------------------------------------------===//

  /// The command without the inputs that \p Drop selects; \p One's source is
  /// replaced by what was generated from it.
  template <typename Predicate>
  Strings commandFor(const Job &One, bool Generated, Predicate Drop) const {
    Strings Words(Args.Words.begin(), Args.Words.begin() + Args.Compiler + 1);
    if (Generated) {
      Words.insert(Words.end(), {"-iquote", directoryOf(One.Source)});
      if (!Args.Forced.empty()) // As the precompiled header was made.
        Words.push_back(Transformed);
    }
    for (size_t I = Args.Compiler + 1; I < Args.Words.size(); ++I)
      if (I == One.Word)
        Words.push_back(Generated ? One.Generated : One.Source);
      else if (!Drop(I))
        Words.push_back(Args.Words[I]);
    return Words;
  }

  bool isInput(size_t Word) const {
    return std::any_of(Args.Inputs.begin(), Args.Inputs.end(),
                       [&](const CompilerInput &I) { return I.Word == Word; });
  }

  /// How many words from \p At on concern only the linker, 0 if none.
  size_t linkerWords(size_t At) const {
    const std::string &Word = Args.Words[At];
    if (Word == "-l" || Word == "-L" || Word == "-T" || Word == "-Xlinker" ||
        Word == "-u" || Word == "-z" || Word == "-o")
      return 2;
    return startsWith(Word, "-l") || startsWith(Word, "-L") ||
           startsWith(Word, "-Wl,") || startsWith(Word, "-fuse-ld") ||
           startsWith(Word, "-o") || Word == "-shared" || Word == "-static" ||
           Word == "-rdynamic" || startsWith(Word, "-static-lib");
  }

  /// How many words from \p At on ask for a dependency file, 0 if none.
  size_t depfileWords(size_t At) const {
    const std::string &Word = Args.Words[At];
    if (Word == "-MF" || Word == "-MT" || Word == "-MQ")
      return 2;
    return startsWith(Word, "-MF") || startsWith(Word, "-MT") ||
           startsWith(Word, "-MQ") || Word == "-MD" || Word == "-MMD" ||
           Word == "-MP";
  }

  /// Marks the words that \p Count counts.
  template <typename Counter> std::vector<bool> mark(Counter Count) const {
    std::vector<bool> Marked(Args.Words.size());
    for (size_t I = Args.Compiler + 1; I < Args.Words.size(); ++I)
      for (size_t N = Count(I); N > 0 && I < Args.Words.size(); --N) {
        Marked[I] = true;
        I += N > 1;
      }
    return Marked;
  }

  /// \p Words, in a response file where the system would refuse so many.
  Strings shortened(Strings Words, size_t Keep, const std::string &Directory) {
    size_t Size = 0;
    for (const std::string &Word : Words)
      Size += Word.size() + 1;
    if (!Args.HadResponseFile || Size < 100000)
      return Words;
    std::string File = Directory + "/arguments";
    Strings Rest(Words.begin() + Keep, Words.end());
    if (!writeFile(File, quoteForResponseFile(Rest)).empty())
      return Words;
    Files.push_back(File);
    Words.resize(Keep);
    Words.push_back("@" + File);
    return Words;
  }

  //===--------------------------------------------------------------------===//
  // Steps
  //===--------------------------------------------------------------------===//

  /// Transforms one source. Returns false, Status set, when that failed.
  template <typename Predicate> bool transform(Job &One, Predicate Drop) {
    Strings Words = {Core};
    for (const GivenOption &Option : Line.Options)
      if (Option.Id == OptionId::Warning)
        Words.push_back(Option.Value);
      else if (Option.Id == OptionId::NoLineDirectives)
        Words.push_back("--no-line-directives");
      else if (Option.Id == OptionId::GreenAll)
        Words.push_back("--green-all");
      else if (Option.Id == OptionId::ResourceDir)
        Words.push_back("--resource-dir=" + Option.Value);
    std::string Color = Line.value(OptionId::Color);
    if (Color.empty() && wantsColor())
      Color = "always";
    if (!Color.empty())
      Words.push_back("--color=" + Color);
    Words.insert(Words.end(), {"--compile-command", "--inputs-fd=3", "-o",
                               One.Generated, One.Source, "--"});
    size_t Keep = Words.size() + 1;
    Strings Command = commandFor(One, /*Generated=*/false, Drop);
    Words.insert(Words.end(), Command.begin() + Args.Compiler, Command.end());

    std::string Listed;
    Ended End = weft::run(
        shortened(std::move(Words), Keep, directoryOf(One.Generated)), &Listed);
    for (size_t At = 0; At < Listed.size();) {
      size_t Zero = std::min(Listed.find('\0', At), Listed.size());
      One.Inputs.push_back(Listed.substr(At, Zero - At));
      At = Zero + 1;
    }
    if (!End.ok()) {
      unlink(One.Generated.c_str()); // One from an earlier run misleads.
      rmdir(directoryOf(One.Generated).c_str());
    }
    return passed(End);
  }

  bool wantsColor() const {
    for (auto It = Args.Words.rbegin(); It != Args.Words.rend(); ++It)
      if (startsWith(*It, "-fdiagnostics-color") ||
          *It == "-fcolor-diagnostics")
        return It->find("never") == It->npos && It->find("auto") == It->npos;
    return false;
  }

  bool compile(const Strings &Words, const std::string &Directory) {
    return passed(weft::run(shortened(Words, Args.Compiler + 1, Directory)));
  }

  /// Notes how a step ended.
  bool passed(Ended End) {
    if (End.Signal) {
      removeTemporaries();
      dieOf(End.Signal);
    }
    if (End.Status && !Status)
      Status = End.Status;
    return End.ok();
  }

  /// Makes the dependency file name the original source and all headers.
  void redirect(const Job &One, const std::string &Name) {
    std::string Text;
    if (!readFile(Name, Text))
      return;
    bool Phony = std::find(Args.Words.begin(), Args.Words.end(), "-MP") !=
                 Args.Words.end();
    std::string Why =
        writeFile(Name, redirectDepfile(Text, One.Generated, One.Source,
                                        One.Inputs, Phony));
    if (!Why.empty()) {
      fprintf(stderr, "weft: error: cannot write '%s': %s\n", Name.c_str(),
              Why.c_str());
      if (!Status)
        Status = ExitIO;
    }
  }

  void removeTemporaries() {
    for (const std::string &File : Files)
      unlink(File.c_str());
    for (const Job &One : Jobs)
      for (const std::string &Directory : Directories)
        if (directoryOf(One.Generated) == Directory)
          unlink(One.Generated.c_str());
    for (const std::string &Directory : Directories)
      rmdir(Directory.c_str());
    Files.clear();
    Directories.clear();
  }

  //===--------------------------------------------------------------------===//
  // Kinds of commands
  //===--------------------------------------------------------------------===//

  int compileOne() {
    Job &One = Jobs.front();
    auto Nothing = [](size_t) { return false; };
    std::string Output =
        Args.Output.empty() ? defaultOutput(One.Source) : Args.Output;
    nameGenerated(One, Output);
    if (!transform(One, Nothing))
      return Status;

    Strings Words = commandFor(One, /*Generated=*/true, Nothing);
    std::string Depfile = depfileName(
        Args.Output.empty() ? stemOf(One.Source) + ".o" : Args.Output);
    if (Args.Output.empty() && Args.Until != Stage::SyntaxOnly) {
      auto After = Words.begin() + Args.Compiler + 1;
      if (Args.Until != Stage::Link)
        After = Words.insert(After, {"-o", Output});
      if (Args.Depfile && Args.DepfileName.empty())
        After = Words.insert(After, {"-MF", Depfile});
      if (Args.Depfile && !Args.DepfileTarget)
        Words.insert(After, {"-MQ", stemOf(One.Source) + ".o"});
    }
    if (compile(Words, directoryOf(One.Generated)) && Args.Depfile)
      redirect(One, Depfile);
    return Status;
  }

  /// `-c` or `-S` with several sources.
  int compileEach() {
    for (Job &One : Jobs) {
      auto Others = [&](size_t Word) { return isInput(Word); };
      std::string Output = defaultOutput(One.Source);
      nameGenerated(One, Output);
      if (!transform(One, Others))
        continue;
      Strings Words = commandFor(One, /*Generated=*/true, Others);
      Words.insert(Words.begin() + Args.Compiler + 1, {"-o", Output});
      if (compile(Words, directoryOf(One.Generated)) && Args.Depfile)
        redirect(One, depfileName(Output));
    }
    if (Jobs.size() < Args.cxxSources().size())
      compile(rest([](const Job &) { return Strings(); }), "/tmp");
    return Status;
  }

  /// The command with each job's source replaced by what \p Instead gives.
  template <typename Replacement> Strings rest(Replacement Instead) const {
    bool Sources = Jobs.size() < Args.cxxSources().size();
    std::vector<bool> Drop(Args.Words.size());
    if (!Sources)
      Drop = mark([&](size_t I) { return depfileWords(I); });
    Strings Words;
    for (size_t I = 0; I < Args.Words.size(); ++I) {
      auto One = std::find_if(Jobs.begin(), Jobs.end(),
                              [&](const Job &J) { return J.Word == I; });
      if (One != Jobs.end()) {
        Strings New = Instead(*One);
        Words.insert(Words.end(), New.begin(), New.end());
      } else if (!Drop[I])
        Words.push_back(Args.Words[I]);
    }
    return Words;
  }

  /// Several sources, made into a program: each that uses Weft becomes an
  /// object first, because each has a directory of its own for `"..."`.
  int compileAndLink() {
    std::string Output = Args.Output.empty() ? "a.out" : Args.Output;
    std::vector<bool> Linker = mark([&](size_t I) { return linkerWords(I); });
    std::string Rules;
    for (Job &One : Jobs) {
      auto Others = [&](size_t Word) { return isInput(Word) || Linker[Word]; };
      nameGenerated(One, Output);
      if (!transform(One, Others))
        continue;
      One.Object = withoutExtension(One.Generated) + ".o";
      Strings Words = commandFor(One, /*Generated=*/true, Others);
      auto After = Words.insert(Words.begin() + Args.Compiler + 1,
                                {"-c", "-o", One.Object});
      std::string Depfile = depfileName(
          Args.Output.empty() ? stemOf(One.Source) + ".o" : Args.Output);
      if (Args.Depfile && Args.DepfileName.empty())
        After = Words.insert(After, {"-MF", Depfile});
      if (Args.Depfile && !Args.DepfileTarget)
        Words.insert(After,
                     {"-MQ", Args.Output.empty() ? stemOf(One.Source) + ".o"
                                                 : Args.Output});
      Files.push_back(One.Object);
      if (!compile(Words, directoryOf(One.Generated)) || !Args.Depfile)
        continue;
      redirect(One, Depfile);
      std::string Text;
      if (readFile(Depfile, Text) && !Args.Output.empty())
        writeFile(Depfile, Rules += Text);
    }
    if (Status)
      return Status;
    Strings Words = rest([&](const Job &One) {
      for (const CompilerInput &Input : Args.Inputs)
        if (Input.Word == One.Word && !Input.Language.empty())
          return Strings{"-x", "none", One.Object, "-x", Input.Language};
      return Strings{One.Object};
    });
    bool Ok = compile(Words, directoryOf(Jobs.front().Generated));
    // What is still compiled here has written the same file once more.
    std::string Depfile = depfileName(Output), Text;
    if (Ok && !Rules.empty() && Jobs.size() < Args.cxxSources().size() &&
        readFile(Depfile, Text))
      writeFile(Depfile, Rules + Text);
    return Status;
  }

  static constexpr const char *Transformed = "-DWEFT_TRANSFORMED";

  const CommandLine &Line;
  const std::string &Core;
  CompilerArgs Args;
  std::vector<Job> Jobs;
  std::set<std::string> Names; ///< Of generated files, against clashes.
  Strings Files, Directories;  ///< To be removed.
  int Status = 0;
};

} // namespace

int weft::launch(const CommandLine &Line, const std::string &Core) {
  return Launcher(Line, Core).run();
}
