// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A class that waits on a channel.

#pragma once
#include <weft/fiber.h>
#include <string>

struct letter {
  std::string to;
  int number;
};
class post_office {
public:
  [[weft::fiber]] void send(letter mail);
  [[weft::fiber]] void deliver(int count);

private:
  weft::channel<letter> box{2};
};
