//===- CompilerQuery.cpp - What the real compiler predefines --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/CompilerQuery.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/SHA1.h"
#include "llvm/Support/raw_ostream.h"

using namespace weft;
using llvm::StringRef;
namespace sys = llvm::sys;

/// Changes whenever the format below or the way of asking changes.
static constexpr const char CacheFormat[] = "weft compiler query 1\n";

static StringRef valueOf(StringRef Macros, StringRef Name) {
  std::string Line = ("#define " + Name + " ").str();
  size_t At = Macros.starts_with(Line) ? 0 : Macros.find("\n" + Line);
  if (At == StringRef::npos)
    return StringRef();
  return Macros.substr(At).ltrim('\n').substr(Line.size()).split('\n').first;
}

bool CompilerFacts::defines(StringRef Macro) const {
  return valueOf(Macros, Macro).data() != nullptr;
}

unsigned CompilerFacts::number(StringRef Macro) const {
  unsigned Value = 0;
  StringRef Text = valueOf(Macros, Macro).rtrim("uUlL");
  return Text.getAsInteger(10, Value) ? 0 : Value;
}

//===----------------------------------------------------------------------===//
// Asking
//===----------------------------------------------------------------------===//

/// Reads target and search list out of what `-v` prints (in the C locale).
static void readVerboseOutput(StringRef Text, CompilerFacts &Facts) {
  bool InList = false;
  while (!Text.empty()) {
    StringRef Line;
    std::tie(Line, Text) = Text.split('\n');
    Line = Line.rtrim('\r');
    if (Line.consume_front("Target: "))
      Facts.Target = Line.trim().str();
    else if (Line.starts_with("#include <...> search starts here"))
      InList = true;
    else if (Line.starts_with("End of search list"))
      InList = false;
    else if (InList && Line.starts_with(" ") &&
             !Line.ends_with("(framework directory)"))
      Facts.IncludeDirs.push_back(Line.trim().str());
  }
}

static std::string readAndRemove(StringRef File) {
  std::string Text;
  if (auto Buffer = llvm::MemoryBuffer::getFile(File))
    Text = (*Buffer)->getBuffer().str();
  sys::fs::remove(File);
  return Text;
}

/// The line of \p Text that says what went wrong.
static StringRef firstError(StringRef Text) {
  size_t At = Text.find("error: ");
  if (At != StringRef::npos)
    return Text.substr(At + 7).split('\n').first;
  return Text.rtrim().substr(Text.rtrim().rfind('\n') + 1);
}

static llvm::Error failure(StringRef Compiler, const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "cannot ask '" + Compiler +
                                     "' for its predefined macros: " + Why);
}

static llvm::Expected<CompilerFacts>
ask(StringRef Program, llvm::ArrayRef<std::string> Flags, StringRef Directory) {
  llvm::SmallString<128> Out, Err;
  if (sys::fs::createTemporaryFile("weft-query", "out", Out) ||
      sys::fs::createTemporaryFile("weft-query", "err", Err))
    return failure(Program, "no temporary file could be created");

  // `env` gives the child a locale and a directory without touching ours.
  std::vector<StringRef> Args = {"env"};
  if (!Directory.empty())
    Args.insert(Args.end(), {"-C", Directory});
  Args.insert(Args.end(), {"LC_ALL=C", Program});
  for (const std::string &Flag : Flags)
    Args.push_back(Flag);
  Args.insert(Args.end(), {"-E", "-dM", "-v", "-x", "c++", "/dev/null"});

  auto Env = sys::findProgramByName("env");
  std::string Message;
  std::optional<StringRef> Redirects[] = {StringRef(""), StringRef(Out),
                                          StringRef(Err)};
  int Status = Env ? sys::ExecuteAndWait(*Env, Args, std::nullopt, Redirects,
                                         /*SecondsToWait=*/0,
                                         /*MemoryLimit=*/0, &Message)
                   : -1;
  CompilerFacts Facts;
  Facts.Macros = readAndRemove(Out);
  std::string Verbose = readAndRemove(Err);
  if (Status != 0) {
    return failure(Program,
                   Message.empty() ? firstError(Verbose) : StringRef(Message));
  }
  readVerboseOutput(Verbose, Facts);
  if (Facts.Macros.empty() || !Facts.defines("__cplusplus"))
    return failure(Program, "it does not answer like GCC or Clang");
  return Facts;
}

//===----------------------------------------------------------------------===//
// Remembering
//===----------------------------------------------------------------------===//

/// All that the answer depends on, or nothing when that cannot be told.
static std::string cacheKey(StringRef Program,
                            llvm::ArrayRef<std::string> Flags,
                            StringRef Directory) {
  llvm::SmallString<128> Real;
  sys::fs::file_status Status;
  if (sys::fs::real_path(Program, Real) || sys::fs::status(Real, Status))
    return "";
  // A masquerading cache: the compiler behind it is not this file.
  StringRef Name = sys::path::filename(Real);
  if (Name != sys::path::filename(Program) && Name.contains("cc") &&
      (Name.contains("cache") || Name == "distcc" || Name == "icecc"))
    return "";
  std::string Key = CacheFormat;
  llvm::raw_string_ostream Out(Key);
  Out << Program << '\n'
      << Real << '\n'
      << Status.getLastModificationTime().time_since_epoch().count() << '\n'
      << Status.getSize() << '\n';
  bool Relative = false;
  for (const std::string &Flag : Flags) {
    Out << Flag << '\n';
    Relative |= StringRef(Flag).contains('/') || Flag[0] != '-';
  }
  for (const char *Variable :
       {"CPATH", "CPLUS_INCLUDE_PATH", "GCC_EXEC_PREFIX", "COMPILER_PATH",
        "SDKROOT", "CCC_OVERRIDE_OPTIONS", "CLANG_CONFIG_FILE_USER_DIR"})
    if (auto Value = sys::Process::GetEnv(Variable)) {
      Out << Variable << '=' << *Value << '\n';
      Relative = true;
    }
  if (Relative)
    Out << Directory << '\n';
  Out.flush();
  return Key;
}

static std::string cacheFile(StringRef Key) {
  llvm::SmallString<128> Path;
  if (auto Xdg = sys::Process::GetEnv("XDG_CACHE_HOME");
      Xdg && sys::path::is_absolute(*Xdg))
    Path = *Xdg;
  else if (auto Home = sys::Process::GetEnv("HOME");
           Home && sys::path::is_absolute(*Home)) {
    Path = *Home;
    sys::path::append(Path, ".cache");
  } else
    return "";
  llvm::SHA1 Hash;
  Hash.update(Key);
  sys::path::append(Path, "weft",
                    llvm::toHex(Hash.final(), /*LowerCase=*/true));
  return Path.str().str();
}

static std::string encode(StringRef Key, const CompilerFacts &Facts) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  Out << Key << "\nTarget: " << Facts.Target << '\n';
  for (const std::string &Dir : Facts.IncludeDirs)
    Out << ' ' << Dir << '\n';
  Out << '\n' << Facts.Macros << "\nend\n";
  return Out.str();
}

static bool decode(StringRef Text, StringRef Key, CompilerFacts &Facts) {
  if (!Text.consume_front(Key) || !Text.consume_front("\nTarget: ") ||
      !Text.consume_back("\nend\n"))
    return false;
  StringRef Line;
  std::tie(Line, Text) = Text.split('\n');
  Facts.Target = Line.str();
  while (Text.consume_front(" ")) {
    std::tie(Line, Text) = Text.split('\n');
    Facts.IncludeDirs.push_back(Line.str());
  }
  if (!Text.consume_front("\n"))
    return false;
  Facts.Macros = Text.str();
  return true;
}

/// Writers race with each other and with readers: each writes a file of its
/// own and renames it.
static void remember(StringRef File, StringRef Text) {
  sys::fs::create_directories(sys::path::parent_path(File));
  int Fd;
  llvm::SmallString<128> Temporary;
  if (sys::fs::createUniqueFile(File + ".%%%%%%%%", Fd, Temporary))
    return;
  llvm::raw_fd_ostream Out(Fd, /*shouldClose=*/true);
  Out << Text;
  Out.close();
  if (Out.has_error()) {
    Out.clear_error();
    sys::fs::remove(Temporary);
  } else if (sys::fs::rename(Temporary, File))
    sys::fs::remove(Temporary);
}

llvm::Expected<CompilerFacts>
weft::queryCompiler(StringRef Compiler, llvm::ArrayRef<std::string> Flags,
                    StringRef Directory) {
  llvm::SmallString<128> Path(Compiler);
  if (Compiler.contains('/')) {
    if (sys::path::is_relative(Path) && !Directory.empty()) {
      Path = Directory;
      sys::path::append(Path, Compiler);
    }
  } else if (auto Found = sys::findProgramByName(Compiler))
    Path = *Found;
  else
    return failure(Compiler, "there is no such program");
  sys::fs::make_absolute(Path);

  std::string Key = cacheKey(Path, Flags, Directory);
  std::string File = Key.empty() ? std::string() : cacheFile(Key);
  CompilerFacts Facts;
  if (!File.empty())
    if (auto Buffer = llvm::MemoryBuffer::getFile(File))
      if (decode((*Buffer)->getBuffer(), Key, Facts))
        return Facts;

  auto Answer = ask(Path, Flags, Directory);
  if (Answer && !File.empty())
    remember(File, encode(Key, *Answer));
  return Answer;
}
