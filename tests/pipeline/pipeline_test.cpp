#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "pipeline/pipeline.hpp"
#include "pipeline/worker_pool.hpp"

namespace potential {
namespace {

std::vector<int> squares(int count, int threads) {
  int next = 0;
  std::vector<int> results;
  run_pipeline<int, int>(
      threads,
      [&]() -> std::optional<int> {
        if (next == count) return std::nullopt;
        return next++;
      },
      [](int& value) {
        std::this_thread::sleep_for(std::chrono::microseconds((value * 37) % 100));
        return value * value;
      },
      [&](int& result) { results.push_back(result); });
  return results;
}

TEST(Pipeline, ResultsComeInTheOrderOfTheSource) {
  std::vector<int> expected;
  for (int i = 0; i < 500; ++i) expected.push_back(i * i);
  for (const int threads : {1, 2, 3, 8}) EXPECT_EQ(squares(500, threads), expected) << threads;
  EXPECT_TRUE(squares(0, 4).empty());
}

TEST(Pipeline, AnExceptionOfAnyStageEndsTheRun) {
  for (const int threads : {1, 4})
    for (const int failing : {0, 1, 2}) {
      int next = 0;
      const auto fail_if = [&](int stage, int value) {
        if (stage == failing && value == 20) throw std::runtime_error("stage");
      };
      EXPECT_THROW((run_pipeline<int, int>(
                       threads,
                       [&]() -> std::optional<int> {
                         fail_if(0, next);
                         return next++;
                       },
                       [&](int& value) {
                         fail_if(1, value);
                         return value;
                       },
                       [&](int& value) { fail_if(2, value); })),
                   std::runtime_error);
      EXPECT_LT(next, 20 + 4 * 4 + 4) << "the source went on";
    }
}

TEST(Pipeline, WorkRunsOnAsManyThreadsAsAskedAndNoMore) {
  std::atomic<int> running{0}, most{0};
  int next = 0;
  run_pipeline<int, int>(
      2,
      [&]() -> std::optional<int> { return next < 50 ? std::optional<int>(next++) : std::nullopt; },
      [&](int& value) {
        const int now = ++running;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        --running;
        return value;
      },
      [](int&) {});
  EXPECT_LE(most, 2);
  EXPECT_GE(thread_count(0), 1);
  EXPECT_EQ(thread_count(3), 3);
}

TEST(WorkerPool, NoTwoThreadsShareAWorker) {
  struct Worker {
    std::atomic<bool> busy{false};
    int uses = 0;
  };
  WorkerPool<Worker> pool([] { return std::make_unique<Worker>(); });
  std::atomic<bool> shared{false};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i)
        pool.with([&](Worker& worker) {
          if (worker.busy.exchange(true)) shared = true;
          ++worker.uses;
          worker.busy = false;
        });
    });
  for (auto& thread : threads) thread.join();
  EXPECT_FALSE(shared);
  int uses = 0;
  for (const auto& worker : pool.workers()) uses += worker->uses;
  EXPECT_EQ(uses, 800);
  EXPECT_LE(pool.workers().size(), 4U);
}

}  // namespace
}  // namespace potential
