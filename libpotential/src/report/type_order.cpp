#include "report/type_order.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace potential {

std::string group_of_type(const std::string& type) { return type.substr(0, type.find(':')); }

std::vector<int> types_by_group(const std::vector<std::string>& types) {
  std::map<std::string, std::size_t> places;
  std::vector<std::size_t> place_of;
  for (const std::string& type : types)
    place_of.push_back(places.emplace(group_of_type(type), places.size()).first->second);
  std::vector<int> order(types.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    return place_of[static_cast<std::size_t>(a)] < place_of[static_cast<std::size_t>(b)];
  });
  return order;
}

}  // namespace potential
