// A calculator whose input comes in pieces that may end anywhere, even in the
// middle of a number. Its parser is the textbook's: functions that call each
// other as the grammar says. Where the text goes on only later, all of them
// pause, as deep as they are.
//
// They are declared here as any functions are. Whoever sees the annotation calls
// them by plain calls; where they are defined does not matter.

#ifndef CALCULATOR_H
#define CALCULATOR_H

#include <weft/fiber.h>

#include <string>

class input {
public:
  explicit input(weft::channel<std::string>& pieces) : pieces(pieces) {}
  // The next character that is not a blank; 0 at the end. May wait for it.
  [[weft::fiber]] char peek();
  void skip() { ++at; }

private:
  weft::channel<std::string>& pieces;
  std::string piece;
  std::size_t at = 0;
};

// sum = product { ("+" | "-") product }, product = factor { ("*" | "/") factor }
[[weft::fiber]] long sum(input& in);

// factor = digit { digit } | "-" factor | "(" sum ")". Throws std::runtime_error.
[[weft::fiber]] long factor(input& in);

#endif
