// One fiber has the text and hands it out in pieces, another calculates.

#include "calculator.h"

#include <cstdio>
#include <stdexcept>

// Sums, each with a ';' behind it. The exceptions that `factor` throws come from
// another file, through any number of frames, before or after a pause.
static void calculate(weft::channel<std::string>& pieces) {
  input in(pieces);
  while (in.peek() != 0) {
    try {
      long value = sum(in);
      if (in.peek() != ';')
        throw std::runtime_error("no ';'");
      std::printf("= %ld\n", value);
    } catch (const std::runtime_error& error) {
      std::printf("%s\n", error.what());
      while (in.peek() != ';' && in.peek() != 0)
        in.skip();
    }
    in.skip();
  }
}

[[weft::fiber]] int main() {
  weft::channel<std::string> pieces;
  weft::task<void> calculator = weft::spawn(calculate, std::ref(pieces));
  for (const char* each : {"1 + 2;", "(12", "3 + 4", "56) * -", "(4 -", "6); 2 * (",
                           "3 + ); 8 / (4 - 4);", "((((7))))", ";"}) {
    std::printf("> %s\n", each);
    pieces.send(each); // until the calculator takes it
  }
  pieces.close();
  calculator.get();
}
