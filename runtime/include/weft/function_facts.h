// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known of a fiber function while the program runs, without debug
// information: for reports, and for debuggers.

#ifndef WEFT_FUNCTION_FACTS_H
#define WEFT_FUNCTION_FACTS_H

namespace weft {

/// Lines of a source file, as an array.
template <unsigned... Line> inline constexpr unsigned lines[] = {Line...};

/// Constants of the program: may be read from any thread, at any time.
struct function_facts {
  /// Qualified, as in "shop::counter::add"; null: the runtime's own.
  const char* name = nullptr;
  const char* file = nullptr; ///< As the compiler was given it.
  /// The function's own, then those of its suspension points.
  const unsigned* lines = nullptr;
  unsigned count = 0;

  /// The user's variables in the frame, separated by spaces, each as
  /// NAME[=PLACE][@STATE,...]: where it is, as an expression over the frame's
  /// members, unless that is its name; in which states it is alive, unless in
  /// all.
  const char* variables = "";

  constexpr function_facts() noexcept = default;
  template <unsigned Count>
  constexpr function_facts(const char* name, const char* file,
                           const unsigned (&lines)[Count],
                           const char* variables = "") noexcept
      : name(name), file(file), lines(lines), count(Count),
        variables(variables) {}

  /// The line of an activation in that state; 0: unknown.
  constexpr unsigned line(unsigned state) const noexcept {
    return state < count ? lines[state] : 0;
  }
};

} // namespace weft

#endif // WEFT_FUNCTION_FACTS_H
