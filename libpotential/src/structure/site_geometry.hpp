#pragma once
#include <cmath>
#include <cstdint>

namespace potential {

/// How a site is placed on atoms, for files as for frames of a trajectory.
enum class SiteRule : std::uint8_t {
  atom,      ///< on one atom
  ideal_cb,  ///< where CB would be, by N, CA and C
  centroid,  ///< the mean of some atoms
};

struct MilliPoint {
  std::int32_t x, y, z;  ///< mÅ
};

struct Vector3 {
  double x, y, z;
};

inline Vector3 operator+(Vector3 a, Vector3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline Vector3 operator-(Vector3 a, Vector3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline Vector3 operator*(double k, Vector3 a) { return {k * a.x, k * a.y, k * a.z}; }
inline Vector3 cross(Vector3 a, Vector3 b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

/// Tetrahedral geometry with the mean bond lengths of proteins: CB stands at
/// CA + normal (b x c) + along_n b + along_c c, with b = CA - N and c = C - CA.
namespace ideal_cb_place {
constexpr double normal = -0.58273431;  ///< 1/Å
constexpr double along_n = 0.56802827, along_c = -0.54067466;
}  // namespace ideal_cb_place

/// @param unit  so many units of the coordinates are 1 Å
inline Vector3 ideal_cb(Vector3 n, Vector3 ca, Vector3 c, double unit) {
  using namespace ideal_cb_place;
  const Vector3 b = ca - n, d = c - ca;
  return ca + normal / unit * cross(b, d) + along_n * b + along_c * d;
}

inline std::int32_t nearest_milli(double milli) {
  return static_cast<std::int32_t>(std::lround(milli));
}

inline MilliPoint ideal_cb(MilliPoint n, MilliPoint ca, MilliPoint c) {
  const auto vector = [](MilliPoint p) { return Vector3{double(p.x), double(p.y), double(p.z)}; };
  const Vector3 cb = ideal_cb(vector(n), vector(ca), vector(c), 1000);
  return {nearest_milli(cb.x), nearest_milli(cb.y), nearest_milli(cb.z)};
}

/// The mean of points, to the nearest mÅ.
class MilliMean {
 public:
  void add(MilliPoint p) { x_ += p.x, y_ += p.y, z_ += p.z, ++n_; }
  bool empty() const { return n_ == 0; }
  MilliPoint point() const { return {of(x_), of(y_), of(z_)}; }

 private:
  std::int32_t of(std::int64_t sum) const {
    return nearest_milli(static_cast<double>(sum) / static_cast<double>(n_));
  }
  std::int64_t x_ = 0, y_ = 0, z_ = 0, n_ = 0;
};

}  // namespace potential
