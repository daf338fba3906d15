// One small program four times: with callbacks, futures, promises, and fibers.
//
// A directory says where somebody lives, a weather service how warm it is there.
// Both answer later. The program asks for one person after the other, and says
// so when somebody is not known. Each way prints the same:
//
//   ada lives in london, where it is 11 degrees
//   bob: not known
//   eve lives in lima, where it is 24 degrees
//
// What to look at is what became of the loop, of the variables that are needed
// again later, and of the error.

#include <weft/fiber.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;

static const std::vector<std::string> people = {"ada", "bob", "eve"};

static void say(const std::string& who, const std::string& city, const std::string& degrees) {
  std::printf("%s lives in %s, where it is %s degrees\n", who.c_str(), city.c_str(),
              degrees.c_str());
}
static void say_unknown(const std::string& who) { std::printf("%s: not known\n", who.c_str()); }

// --- What answers later: calls back with the answer, or with an error.

using callback = std::function<void(const std::string& answer, std::exception_ptr error)>;

static void answer_later(std::string question, callback done) {
  static const std::map<std::string, std::string> answers = {
      {"city of ada", "london"},         {"city of eve", "lima"},
      {"temperature in london", "11"},   {"temperature in lima", "24"}};
  weft::this_fiber::sleep_for(2ms);
  auto found = answers.find(question);
  if (found != answers.end())
    done(found->second, nullptr);
  else
    done("", std::make_exception_ptr(std::runtime_error("not known")));
}
static void ask(std::string question, callback done) {
  weft::spawn(answer_later, std::move(question), std::move(done)).detach();
}

// --- 1. Callbacks. The loop is a recursion; each step carries along what later
// ones need, and looks for the error itself.

static void callbacks(std::size_t i, std::function<void()> done) {
  if (i == people.size())
    return done();
  ask("city of " + people[i], [=](const std::string& city, std::exception_ptr error) {
    if (error) {
      say_unknown(people[i]);
      return callbacks(i + 1, done);
    }
    ask("temperature in " + city, [=](const std::string& degrees, std::exception_ptr error) {
      if (error)
        say_unknown(people[i]);
      else
        say(people[i], city, degrees);
      callbacks(i + 1, done);
    });
  });
}

// --- 2. Futures. A question has a value that one can keep and hand on, and an
// error finds its way through it. What comes next is still a function of its own.

static weft::future<std::string> asked(std::string question) {
  weft::promise<std::string> promise;
  weft::future<std::string> answer = promise.get_future();
  auto shared = std::make_shared<weft::promise<std::string>>(std::move(promise));
  ask(std::move(question), [shared](const std::string& text, std::exception_ptr error) {
    if (error)
      shared->set_exception(error);
    else
      shared->set_value(text);
  });
  return answer;
}

static void futures(std::size_t i, std::function<void()> done) {
  if (i == people.size())
    return done();
  asked("city of " + people[i]).then([=](weft::future<std::string> answer) {
    try {
      std::string city = answer.get();
      asked("temperature in " + city).then([=](weft::future<std::string> answer) {
        try {
          say(people[i], city, answer.get());
        } catch (const std::runtime_error&) {
          say_unknown(people[i]);
        }
        futures(i + 1, done);
      });
    } catch (const std::runtime_error&) {
      say_unknown(people[i]);
      futures(i + 1, done);
    }
  });
}

// --- 3. Promises, and `get`, which waits. The loop and the handler are back; a
// future stands between the question and the answer.

static void promises() {
  for (const std::string& who : people) {
    try {
      weft::future<std::string> city_answer = asked("city of " + who);
      std::string city = city_answer.get();
      weft::future<std::string> degrees_answer = asked("temperature in " + city);
      say(who, city, degrees_answer.get());
    } catch (const std::runtime_error&) {
      say_unknown(who);
    }
  }
}

// --- 4. Fibers. A question is a call, and its result is the answer. Who calls
// `answer_to` need not know that somebody waits inside.

static std::string answer_to(std::string question) { return asked(std::move(question)).get(); }

static void fibers() {
  for (const std::string& who : people) {
    try {
      std::string city = answer_to("city of " + who);
      say(who, city, answer_to("temperature in " + city));
    } catch (const std::runtime_error&) {
      say_unknown(who);
    }
  }
}

// Waits for one of the first two, which come back before they are done.
static void wait_for(void (*way)(std::size_t, std::function<void()>)) {
  weft::promise<void> done;
  way(0, [&] { done.set_value(); });
  done.get_future().get();
}

[[weft::fiber]] int main() {
  std::puts("callbacks");
  wait_for(callbacks);
  std::puts("futures");
  wait_for(futures);
  std::puts("promises");
  promises();
  std::puts("fibers");
  fibers();
}
