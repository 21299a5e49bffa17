#include <cmath>
#include <potential/structure/rigid_motion.hpp>
#include <potential/support/error.hpp>

namespace potential {

void RigidMotion::apply(const std::vector<double>& from, std::vector<double>& to) const {
  double square = 0, shift = 0;
  for (const double part : quaternion) square += part * part;
  for (const double part : translation) shift += part;
  if (!(square > 0) || !std::isfinite(square))
    throw UsageError("the quaternion is 0, or a number of it is not finite");
  if (!std::isfinite(shift)) throw UsageError("the translation is not finite");
  const double length = std::sqrt(square);
  const double x = quaternion[0] / length, y = quaternion[1] / length, z = quaternion[2] / length,
               w = quaternion[3] / length;
  const double r[3][3] = {{1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)},
                          {2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)},
                          {2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)}};
  to.resize(from.size());
  for (std::size_t i = 0; i + 2 < from.size(); i += 3)
    for (std::size_t axis = 0; axis < 3; ++axis)
      to[i + axis] = r[axis][0] * from[i] + r[axis][1] * from[i + 1] + r[axis][2] * from[i + 2] +
                     translation[axis];
}

}  // namespace potential
