//===- ResourceDirectory.cpp - Where Clang's own headers are --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/ResourceDirectory.h"
#include "Support/ClangCompat.h"
#include "Support/Config.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include <dlfcn.h>

using namespace weft;
namespace sys = llvm::sys;

static bool hasHeaders(llvm::StringRef Directory) {
  llvm::SmallString<128> Header(Directory);
  sys::path::append(Header, "include", "stddef.h");
  return sys::fs::exists(Header);
}

static std::string normal(llvm::SmallString<128> Path) {
  sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str();
}

/// Any address in this executable serves to find its file.
static int Anchor;

/// <prefix>/lib/clang/<version> for a libclang-cpp in <prefix>/lib.
static std::string besideClang() {
  Dl_info Info;
  auto *Inside = reinterpret_cast<void *>(&clang::createInvocation);
  llvm::SmallString<128> Path;
  if (!dladdr(Inside, &Info) || !Info.dli_fname ||
      sys::fs::real_path(Info.dli_fname, Path))
    return "";
  sys::path::remove_filename(Path);
  sys::path::append(Path, "clang", CLANG_VERSION_MAJOR_STRING);
  return normal(Path);
}

llvm::Expected<std::string>
weft::findResourceDirectory(llvm::StringRef Wanted) {
  auto Given = [](llvm::StringRef Directory,
                  const char *By) -> llvm::Expected<std::string> {
    if (hasHeaders(Directory))
      return Directory.str();
    return llvm::createStringError(
        llvm::inconvertibleErrorCode(),
        "'%s', given by %s, has no include/stddef.h: it is not the resource "
        "directory of Clang " CLANG_VERSION_MAJOR_STRING,
        Directory.str().c_str(), By);
  };
  if (!Wanted.empty())
    return Given(Wanted, "--resource-dir");
  if (auto Environment = sys::Process::GetEnv("WEFT_RESOURCE_DIR"))
    if (!Environment->empty())
      return Given(*Environment, "WEFT_RESOURCE_DIR");

  llvm::SmallString<128> Installed(sys::fs::getMainExecutable("weft", &Anchor));
  sys::path::remove_filename(Installed);
  sys::path::append(Installed, WEFT_INSTALLED_RESOURCES);
  for (const std::string &Candidate :
       {normal(Installed), std::string(WEFT_BUILD_RESOURCES), besideClang()})
    if (!Candidate.empty() && hasHeaders(Candidate))
      return Candidate;
  return llvm::createStringError(
      llvm::inconvertibleErrorCode(),
      "cannot find the resource directory of Clang " CLANG_VERSION_MAJOR_STRING
      "; name it with --resource-dir or WEFT_RESOURCE_DIR");
}
