#include "pipeline/thread_limit.hpp"
#include <pthread.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <future>
#include <potential/support/error.hpp>
#include <string>
#include <vector>

namespace potential {
namespace {

constexpr std::size_t stack_bytes = std::size_t{4} << 20;  // as oneTBB

/// Takes some memory first, as every thread of oneTBB will: the first time, glibc
/// sets address space aside for it.
void* wait_for_end(void* end) {
  void* volatile memory = std::malloc(64);
  std::free(memory);
  static_cast<std::shared_future<void>*>(end)->wait();
  return nullptr;
}

/// @returns 0, or the error number of the thread that could not be started.
int start_and_end(int number) {
  std::promise<void> last;
  std::shared_future<void> end = last.get_future().share();
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstacksize(&attributes, stack_bytes);
  std::vector<pthread_t> threads;
  threads.reserve(static_cast<std::size_t>(number));
  int problem = 0;
  for (pthread_t thread{}; problem == 0 && threads.size() < static_cast<std::size_t>(number);) {
    problem = ::pthread_create(&thread, &attributes, wait_for_end, &end);
    if (problem == 0) threads.push_back(thread);
  }
  last.set_value();
  for (const pthread_t thread : threads) ::pthread_join(thread, nullptr);
  ::pthread_attr_destroy(&attributes);
  return problem;
}

}  // namespace

void require_threads(int number) {
  static std::atomic<int> most{0};  // that could be started
  if (number <= most) return;
  if (const int problem = start_and_end(number))
    throw Error("cannot start " + std::to_string(number) + " threads (" + std::strerror(problem) +
                "); ask for fewer, or allow more memory or processes");
  most = number;
}

}  // namespace potential
