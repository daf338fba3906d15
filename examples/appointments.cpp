// A coroutine that is sent values: it knows one appointment and comments on
// every date that it is asked about.

#include <weft/coroutine.h>

#include <iostream>
#include <tuple>

struct date {
  int year, month, day;
};

bool operator>(const date& a, const date& b) {
  return std::tie(a.year, a.month, a.day) > std::tie(b.year, b.month, b.day);
}

std::ostream& operator<<(std::ostream& out, const date& d) {
  auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return out << d.year << '-' << two(d.month) << '-' << two(d.day);
}

// Yields nothing, receives dates, returns nothing.
[[weft::coroutine]] weft::coroutine<void, date> appointments(date booked) {
  std::cout << "Your appointment is scheduled for " << booked << '\n';
  while (true) {
    auto asked = weft::yield<date>(); // pauses until someone sends a date
    std::cout << (asked > booked ? "Oops, your appointment already passed\n"
                                 : "You have time\n");
  }
}

int main() {
  auto conversation = appointments({2026, 3, 14});
  conversation.next(); // runs to the first pause
  for (date asked : {date{2026, 3, 15}, date{2026, 3, 1}}) {
    std::cout << asked << "? ";
    conversation.send(asked);
  }
}
