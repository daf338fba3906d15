// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Objects whose types are private: who may call a function that gives one need
// not be able to name it ([class.access]/4).

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"
#include <vector>

class shop;
[[weft::fiber]] int of_friend(shop& s);

class shop {
  struct item : tracer {
    using tracer::tracer;
    struct label {
      int number;
    };
    label tag() const { return {number}; }
  };
  enum class state { open, closed };
  struct walker {
    int at;
    int operator*() const { return at; }
    void operator++() { ++at; }
    bool operator!=(walker other) const { return at != other.at; }
  };

protected:
  struct part {
    int size = 3;
  };

public:
  item make(int n) { return item("item", n); }
  const item& kept() const { return stock; }
  state now() const { return state::open; }
  bool is_open(state s) const { return s == state::open; }
  std::vector<item> all() const { return {}; }
  walker begin() const { return {1}; }
  walker end() const { return {4}; }
  [[weft::fiber]] item fetch(int n) {
    auto made = make(n);
    cede();
    item also("also", n + 1);
    cede(made.number);
    return made;
  }
  [[weft::fiber]] static void spend(item spent) { cede(spent.number); }
  [[weft::fiber]] item* find() {
    cede();
    return &stock;
  }
  [[weft::fiber]] const item& look() const {
    cede();
    return stock;
  }
  friend int of_friend(shop& s);

private:
  item stock{"stock", 1};
};

int of_friend(shop& s) {
  auto made = s.make(1);
  shop::item named("named", 2);
  cede();
  return made.number + named.number;
}

template <class T> class list {
  struct node {
    T value;
    node* next;
  };
  node last{T("last", 7), nullptr};

public:
  [[weft::fiber]] node* first() {
    cede();
    return &last;
  }
};

struct branch : shop {
  [[weft::fiber]] int parts() {
    part mine;
    auto copied = mine;
    cede();
    return mine.size + copied.size;
  }
};

[[weft::fiber]] void all() {
  shop s;
  auto made = s.make(10);
  const auto& kept = s.kept();
  const auto& extended = s.make(11);
  auto tag = made.tag();
  auto now = s.now();
  auto none = s.all();
  auto copies = std::vector<decltype(tag)>(2, tag);
  cede();
  at("made", made.number + kept.number + extended.check().number);
  at("tag", tag.number + copies[1].number);
  at("open", s.is_open(now));
  at("none", none.size());
  for (auto n : s) {
    cede(n);
    at("n", n);
  }
  auto fetched = s.fetch(20);
  at("fetched", fetched.check().number);
  at("found", s.find()->check().number + s.look().check().number);
  at("in a template", list<tracer>().first()->value.check().number);
  shop::spend(s.make(30));
  at("argument", cede(s.make(40).number) + s.make(50).number);
  at("friend", of_friend(s));
  at("parts", branch().parts());
  cede();
  at("last", made.check().number);
}

int main() { trace::exercise("private types", all); }
