#include "files.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <stdexcept>
#include <system_error>

/// Undoes percent-encoding; false: malformed, or with a null character.
static bool unescape(const std::string& text, std::string& to) {
  auto digit = [](unsigned char c) {
    return std::isdigit(c) ? c - '0' : std::tolower(c) - 'a' + 10;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || !std::isxdigit(static_cast<unsigned char>(text[i + 1])) ||
          !std::isxdigit(static_cast<unsigned char>(text[i + 2])))
        return false;
      c = static_cast<char>(digit(static_cast<unsigned char>(text[i + 1])) * 16 +
                            digit(static_cast<unsigned char>(text[i + 2])));
      i += 2;
    }
    if (c == '\0')
      return false;
    to += c;
  }
  return true;
}

/// Empty: there is none, or it is outside of `root`.
static std::string file_for(const std::string& root, const std::string& target) {
  namespace fs = std::filesystem;
  std::string path;
  if (target.empty() || target[0] != '/' ||
      !unescape(target.substr(0, target.find('?')), path))
    return {};
  // Links are followed before it is decided whether it is below the root.
  std::error_code error;
  const fs::path base = fs::canonical(root, error);
  fs::path found = fs::canonical(base / path.substr(1), error);
  if (error)
    return {};
  if (fs::is_directory(found, error))
    found = fs::canonical(found / "index.html", error);
  const fs::path below = found.lexically_relative(base);
  if (error || !fs::is_regular_file(found, error) || below.empty() || *below.begin() == "..")
    return {};
  return found.string();
}

opened_file open_file(const std::string& root, const std::string& target) {
  opened_file file;
  file.path = file_for(root, target);
  if (file.path.empty())
    return file;
  file.stream.open(file.path, std::ios::binary | std::ios::ate);
  file.status = file.stream ? 200 : 503; // It has gone, or there are no descriptors left.
  file.size = file.left = static_cast<long>(file.stream.tellg());
  file.stream.seekg(0);
  return file;
}

void read_piece(opened_file& from, std::string& piece) {
  const auto size = std::min<long>(from.left, 16 * 1024);
  piece.resize(static_cast<std::size_t>(size));
  if (!from.stream.read(piece.data(), size))
    throw std::runtime_error(from.path + " has become shorter");
  from.left -= size;
}

const char* content_type(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (ending == ".html")
    return "text/html; charset=utf-8";
  if (ending == ".txt" || ending == ".md")
    return "text/plain; charset=utf-8";
  return "application/octet-stream";
}
