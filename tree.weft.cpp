#define WEFT_TRANSFORMED 1
#line 1 "examples/tree.cpp"
// A recursive walk: each node's coroutine delegates to those of its children.
// Taking the next value costs the same however deep the tree is.

#include <weft/coroutine.h>

#include <iostream>
#include <memory>
#include <string>

struct node {
  std::string name;
  std::unique_ptr<node> left, right;
};

std::unique_ptr<node> make(std::string name, std::unique_ptr<node> left = nullptr,
                           std::unique_ptr<node> right = nullptr) {
  return std::unique_ptr<node>(
      new node{std::move(name), std::move(left), std::move(right)});
}

// Yields nodes, receives nothing, returns how many nodes there were. The tree
// is taken by pointer: it has to outlive the walk.
#line 23 "examples/tree.cpp"
[[weft::coroutine]] weft::coroutine<const node*, void, int> walk(const node* at);
// walk, tree.cpp:23: 3 suspension points, 80 bytes
#line 23 "examples/tree.cpp"
struct walk_frame final : weft::coroutine<const node*, void, int>::frame_type {
  int left; // line 26, crosses 2, 3
  const node *at; // line 23, parameter
  weft::slot<weft::coroutine<const node *, void, int, weft::heap_frame>> temporary_slot; // line 26, a temporary, crosses 1
  weft::slot<weft::coroutine<const node *, void, int, weft::heap_frame>> temporary_2_slot; // line 28, a temporary, crosses 3
  std::uint8_t weft_alive = 0; // the innermost object alive
  enum : bool { weft_can_delegate = true };
#line 23 "examples/tree.cpp"
  explicit walk_frame(const node *at) : at(at) {}
#line 23 "examples/tree.cpp"
  void weft_unwind(unsigned level) {
#line 23 "examples/tree.cpp"
    while (weft_alive > level) {
#line 23 "examples/tree.cpp"
      switch (weft_alive) {
#line 28 "examples/tree.cpp"
      case 2: weft_alive = 0; temporary_2_slot.destroy(); break;
#line 26 "examples/tree.cpp"
      case 1: weft_alive = 0; temporary_slot.destroy(); break;
      }
    }
  }
#line 23 "examples/tree.cpp"
  void weft_run() {
#line 23 "examples/tree.cpp"
    const weft::ender weft_end(*this); auto& temporary = temporary_slot.value; auto& temporary_2 = temporary_2_slot.value;
#line 23 "examples/tree.cpp"
    switch (weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; case 3: goto suspended_3; }
    if (!at)
      { weft_return([&]() -> int { return 0; }); return weft_finish(); }
    temporary_slot.emplace_from([&]() -> weft::coroutine<const node *, void, int, weft::heap_frame> { return walk(at->left.get()); }); weft_alive = 1; if (weft_delegate(1, temporary, false)) { return; } suspended_1: weft_resumed(); left = static_cast<typename std::remove_reference_t<coroutine<const node *, void, int>>::returns &&>(temporary.result()); weft_alive = 0; temporary_slot.destroy();
    return weft_yield(2, at); suspended_2: weft_resumed();
    temporary_2_slot.emplace_from([&]() -> weft::coroutine<const node *, void, int, weft::heap_frame> { return walk(at->right.get()); }); weft_alive = 2; if (weft_delegate(3, temporary_2, false)) { return; } suspended_3: weft_resumed(); int right = static_cast<typename std::remove_reference_t<coroutine<const node *, void, int>>::returns &&>(temporary_2.result()); weft_alive = 0; temporary_2_slot.destroy();
    weft_return([&]() -> int { return left + 1 + right; }); return weft_finish();
  }
};
#line 23 "examples/tree.cpp"
[[weft::coroutine]] weft::coroutine<const node*, void, int> walk(const node* at) { return {weft::in_frame<walk_frame>(), at};
#line 30 "examples/tree.cpp"
} inline weft::in_place<walk_frame> walk_in_place(const node* at) { return weft::in_place<walk_frame>{weft::in_frame<walk_frame>(), at}; }

int main() {
  auto tree = make("f", make("b", make("a"), make("d", make("c"), make("e"))),
                   make("g", nullptr, make("i", make("h"))));
  auto nodes = walk_in_place(tree.get());
  while (nodes.next())
    std::cout << nodes.value()->name << '\n';
  std::cout << nodes.result() << " nodes\n";
}
