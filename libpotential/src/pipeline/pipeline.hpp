#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace potential {

/// Number of threads for `requested` (0 = all cores that this process may use).
int thread_count(int requested);

namespace pipeline_detail {
using Any = std::shared_ptr<void>;
void run(int threads, const std::function<Any()>& source, const std::function<Any(Any)>& work,
         const std::function<void(Any)>& sink);
}  // namespace pipeline_detail

/// source -> work -> sink. The source is called by one thread at a time until
/// it returns nothing; work runs on up to `threads` threads; the sink is called
/// by one thread at a time, in the order of the source, whatever the number of
/// threads. At most a few items a thread are held at once. An exception ends
/// the run and is thrown from here.
template <class Item, class Result>
void run_pipeline(int threads, const std::function<std::optional<Item>()>& source,
                  const std::function<Result(Item&)>& work,
                  const std::function<void(Result&)>& sink) {
  using pipeline_detail::Any;
  pipeline_detail::run(
      threads,
      [&]() -> Any {
        auto item = source();
        return item ? std::make_shared<Item>(std::move(*item)) : nullptr;
      },
      [&](const Any& item) -> Any {
        return std::make_shared<Result>(work(*static_cast<Item*>(item.get())));
      },
      [&](const Any& result) { sink(*static_cast<Result*>(result.get())); });
}

}  // namespace potential
