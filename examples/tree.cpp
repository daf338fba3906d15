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
[[weft::coroutine]] weft::coroutine<const node*, void, int> walk(const node* at) {
  if (!at)
    return 0;
  int left = weft::yield_from(walk(at->left.get()));
  weft::yield(at);
  int right = weft::yield_from(walk(at->right.get()));
  return left + 1 + right;
}

int main() {
  auto tree = make("f", make("b", make("a"), make("d", make("c"), make("e"))),
                   make("g", nullptr, make("i", make("h"))));
  auto nodes = walk(tree.get());
  while (nodes.next())
    std::cout << nodes.value()->name << '\n';
  std::cout << nodes.result() << " nodes\n";
}
