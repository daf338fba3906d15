// Two clerks pay into one account, and one payment is lost: in some of the orders
// in which they may take turns. Running the program shows nothing; running it in
// a thousand orders does, and says how to see the same order again.

#include <weft/fiber.h>
#include <weft/simulation.h>

#include <chrono>
#include <iostream>
#include <mutex>

using namespace std::chrono_literals;

// The account is somewhere else: to read and to write it, a fiber waits.
class account {
public:
  [[weft::fiber]] long read() {
    weft::this_fiber::yield();
    return balance;
  }
  [[weft::fiber]] void write(long new_balance) {
    weft::this_fiber::yield();
    balance = new_balance;
  }

private:
  long balance = 0;
};

[[weft::fiber]] void find_customer(int pages) {
  weft::this_fiber::sleep_for(1h);
  for (int page = 0; page < pages; ++page)
    weft::this_fiber::yield();
}

[[weft::fiber]] void pay_in(account& to, long amount, int pages) {
  find_customer(pages);
  long balance = to.read();
  to.write(balance + amount); // What another has paid in meanwhile is lost.
}

[[weft::fiber]] void pay_in_locked(account& to, weft::mutex& lock, long amount, int pages) {
  find_customer(pages);
  std::unique_lock held(lock);
  long balance = to.read();
  to.write(balance + amount);
}

// A day at the bank; whether the balance is right in the evening.
[[weft::fiber]] bool day() {
  account shared;
  auto ada = weft::spawn(pay_in, std::ref(shared), 100, 1);
  auto bob = weft::spawn(pay_in, std::ref(shared), 20, 6);
  ada.join();
  bob.join();
  return shared.read() == 120;
}

[[weft::fiber]] bool day_with_lock() {
  account shared;
  weft::mutex lock;
  auto ada = weft::spawn(pay_in_locked, std::ref(shared), std::ref(lock), 100, 1);
  auto bob = weft::spawn(pay_in_locked, std::ref(shared), std::ref(lock), 20, 6);
  ada.join();
  bob.join();
  return shared.read() == 120;
}

int main() {
  {
    weft::simulation usual(weft::runtime_options().virtual_clock());
    std::cout << "in the usual order: " << (weft::run(day) ? "right" : "wrong") << '\n';
  }
  std::cout << "in 1000 orders: " << (weft::explore(1000, day) ? "right" : "wrong") << '\n';
  std::cout << "with a lock: " << (weft::explore(1000, day_with_lock) ? "right" : "wrong") << '\n';
}
