// Do two trees of different shape have the same leaves in the same order? Two
// walks are compared step by step, so the answer comes at the first difference
// and no list of leaves is made.

#include <weft/coroutine.h>

#include <iostream>
#include <memory>

struct tree {
  int leaf = 0; // of a node without children
  std::shared_ptr<tree> left, right;
};
using tree_ptr = std::shared_ptr<tree>;

tree_ptr leaf(int value) { return tree_ptr(new tree{value, nullptr, nullptr}); }
tree_ptr fork(tree_ptr left, tree_ptr right) {
  return tree_ptr(new tree{0, std::move(left), std::move(right)});
}

int visited = 0;

[[weft::coroutine]] weft::generator<int> leaves(const tree* at) {
  if (at->left) {
    weft::yield_from(leaves(at->left.get()));
    weft::yield_from(leaves(at->right.get()));
  } else {
    ++visited;
    weft::yield(at->leaf);
  }
}

bool same_fringe(const tree_ptr& a, const tree_ptr& b) {
  auto in_a = leaves(a.get());
  auto in_b = leaves(b.get());
  while (true) {
    bool more_a = in_a.next(), more_b = in_b.next();
    if (!more_a || !more_b)
      return more_a == more_b;
    if (in_a.value() != in_b.value())
      return false;
  }
}

int main() {
  auto left = fork(fork(fork(leaf(1), leaf(2)), leaf(3)), leaf(4));
  auto right = fork(leaf(1), fork(leaf(2), fork(leaf(3), leaf(4))));
  auto other = fork(leaf(1), fork(leaf(5), fork(leaf(3), leaf(4))));
  for (const tree_ptr& each : {right, other}) {
    visited = 0;
    std::cout << (same_fringe(left, each) ? "same" : "different") << " after "
              << visited << " leaves\n";
  }
}
