// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A small coroutine behind large headers: what the tool's time depends on.

#include <iostream>
#include <map>
#include <string>
#include <vector>
#include <weft/coroutine.h>

[[weft::coroutine]] weft::generator<const std::string&>
keys(const std::map<std::string, std::vector<int>>& table) {
  for (const auto& [key, values] : table)
    if (!values.empty())
      weft::yield(key);
}

int main() {
  std::map<std::string, std::vector<int>> table{{"a", {1}}, {"b", {}}};
  for (const std::string& key : keys(table))
    std::cout << key << '\n';
}
