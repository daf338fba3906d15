// One fiber reads the lines of a text, three others count them. Between them is
// a channel with room for four lines: a reader that is ahead waits, and so does
// a counter that finds none. All of it is one thread, so that nothing is locked.
//
// The last line of the output is what `wc FILE` says: lines, words and bytes.

#include <weft/fiber.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct counts {
  long lines = 0, words = 0, bytes = 0;
};

// Sends until the text ends or fails. Whichever it is, nobody waits for more.
static void read_lines(const std::string& path, weft::channel<std::string>& lines) {
  struct closing {
    weft::channel<std::string>& channel;
    ~closing() { channel.close(); }
  } at_the_end{lines};
  std::ifstream text(path);
  if (!text)
    throw std::runtime_error("cannot read " + path);
  for (std::string line; std::getline(text, line);)
    lines.send(std::move(line));
}

// `lines` is a range: each step receives, and the channel's end is its end.
static counts count_words(weft::channel<std::string>& lines) {
  counts sum;
  for (const std::string& line : lines) {
    std::istringstream words(line);
    for (std::string word; words >> word;)
      ++sum.words;
    sum.bytes += static_cast<long>(line.size()) + 1;
    ++sum.lines;
    weft::this_fiber::yield(); // the others count, too
  }
  return sum;
}

[[weft::fiber]] int main(int argc, char** argv) {
  const char* path = argc > 1 ? argv[1] : "/usr/share/common-licenses/GPL-3";
  weft::channel<std::string> lines(4);
  weft::task<void> reader = weft::spawn(read_lines, path, std::ref(lines));
  std::vector<weft::task<counts>> counters;
  for (int i = 0; i < 3; ++i)
    counters.push_back(weft::spawn(count_words, std::ref(lines)));

  try {
    reader.get(); // throws what `read_lines` threw
  } catch (const std::runtime_error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  counts all;
  for (weft::task<counts>& each : counters) {
    counts one = each.get();
    std::printf("%ld lines, %ld words\n", one.lines, one.words);
    all.lines += one.lines;
    all.words += one.words;
    all.bytes += one.bytes;
  }
  std::printf("%ld %ld %ld\n", all.lines, all.words, all.bytes);
}
