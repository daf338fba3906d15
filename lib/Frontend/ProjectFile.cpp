//===- ProjectFile.cpp - What a project says about itself -----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/ProjectFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"

using namespace weft;
namespace path = llvm::sys::path;

LLVM_YAML_IS_SEQUENCE_VECTOR(weft::BlockingEntry)

template <> struct llvm::yaml::MappingTraits<BlockingEntry> {
  static void mapping(IO &In, BlockingEntry &Entry) {
    In.mapRequired("function", Entry.Function);
    In.mapOptional("instead", Entry.Instead);
  }
  static std::string validate(IO &, BlockingEntry &Entry) {
    return Entry.Function.empty() ? "the name of a function is empty" : "";
  }
};

template <> struct llvm::yaml::MappingTraits<ProjectFile> {
  static void mapping(IO &In, ProjectFile &File) {
    In.mapOptional("blocking", File.Blocking);
    In.mapOptional("not-blocking", File.NotBlocking);
  }
};

/// The working directory of the command.
static llvm::SmallString<256> workingDirectory(const FrontendOptions &Options) {
  llvm::SmallString<256> Directory(Options.Directory);
  llvm::sys::fs::make_absolute(Directory);
  return Directory;
}

/// The path of the nearest file; empty when there is none.
static std::string find(const FrontendOptions &Options) {
  llvm::SmallString<256> Source;
  if (!path::is_absolute(Options.MainFile))
    Source = workingDirectory(Options);
  path::append(Source, Options.MainFile);
  path::remove_dots(Source, /*remove_dot_dot=*/true);
  for (llvm::StringRef At = path::parent_path(Source); !At.empty();
       At = path::parent_path(At)) {
    llvm::SmallString<256> Name(At);
    path::append(Name, ".weft");
    if (llvm::sys::fs::is_regular_file(Name))
      return Name.str().str();
  }
  return "";
}

/// \p Name as the command would spell it.
static std::string spelled(llvm::StringRef Name, const FrontendOptions &Options) {
  llvm::SmallString<256> Directory = workingDirectory(Options);
  path::remove_dots(Directory, /*remove_dot_dot=*/true);
  llvm::StringRef Rest = Name;
  if (!path::is_absolute(Options.MainFile) && Rest.consume_front(Directory) &&
      Rest.consume_front(path::get_separator()))
    return Rest.str();
  return Name.str();
}

std::optional<ProjectFile> weft::readProjectFile(const FrontendOptions &Options,
                                                 llvm::raw_ostream &Errors) {
  ProjectFile File;
  const std::string Path = find(Options);
  if (Path.empty())
    return File;
  File.Name = spelled(Path, Options);
  auto Text = llvm::MemoryBuffer::getFile(Path, /*IsText=*/true);
  if (!Text) {
    Errors << "weft: error: cannot read '" << File.Name
           << "': " << Text.getError().message() << '\n';
    return std::nullopt;
  }
  if ((*Text)->getBuffer().trim().empty())
    return File;

  struct Printing {
    llvm::raw_ostream &Errors;
    bool Color;
  } Print{Errors, Options.Color};
  auto print = [](const llvm::SMDiagnostic &Found, void *To) {
    auto &Print = *static_cast<Printing *>(To);
    Found.print(nullptr, Print.Errors, Print.Color);
  };
  llvm::yaml::Input In(llvm::MemoryBufferRef((*Text)->getBuffer(), File.Name),
                       nullptr, print, &Print);
  In >> File;
  if (In.error())
    return std::nullopt;
  return File;
}
