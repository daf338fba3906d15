// A pipeline of generators, each working on what the one before yields: bytes
// of a file, words, words counted. Prints what this shell pipeline prints:
//
//   tr -cs 'A-Za-z' '\n' < FILE | grep . | tr 'A-Z' 'a-z' | LC_ALL=C sort | uniq -c

#include <weft/coroutine.h>

#include <cctype>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

// Opens the file at the first `next()`; an error comes out of that call.
[[weft::coroutine]] weft::generator<char> bytes(std::string path) {
  std::ifstream file(path, std::ios::binary);
  file.exceptions(std::ios::badbit | std::ios::failbit);
  for (std::string line; file.peek() != EOF;) {
    std::getline(file, line);
    for (char each : line)
      weft::yield(each);
    weft::yield('\n');
  }
}

[[weft::coroutine]] weft::generator<std::string> words(weft::generator<char> text) {
  std::string word;
  for (char each : text) {
    if (std::isalpha(static_cast<unsigned char>(each))) {
      word += each;
    } else if (!word.empty()) {
      weft::yield(word);
      word.clear();
    }
  }
  if (!word.empty())
    weft::yield(word);
}

[[weft::coroutine]] weft::generator<std::string> lower(weft::generator<std::string> in) {
  for (std::string& word : in) {
    for (char& each : word)
      each = static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
    weft::yield(word); // the object that `words` yielded, not a copy
  }
}

int main(int argc, char** argv) {
  const char* path = argc > 1 ? argv[1] : "/usr/share/common-licenses/GPL-3";
  std::map<std::string, int> count;
  try {
    for (const std::string& word : lower(words(bytes(path))))
      ++count[word];
  } catch (const std::ios::failure&) {
    std::cerr << "cannot read " << path << '\n';
    return 1;
  }
  for (const auto& [word, times] : count)
    std::printf("%7d %s\n", times, word.c_str());
}
