#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace patchgate {

struct BoxSize {
  double width = 0, height = 0;
};

struct PagePoint {
  double x = 0, y = 0;
};

/// Boxes in columns, arrows from left to right where that can be. In the unit of the sizes that were given; the origin
/// is the upper left corner.
struct LaidOut {
  double width = 0, height = 0;
  std::vector<PagePoint> centres;  ///< of the boxes
  /// Of the arrows: cubic Bézier curves (1 + 3n points) from edge to edge. Empty where there is none to draw.
  std::vector<std::vector<PagePoint>> curves;
};

/// By Graphviz's `dot` (Gansner et al., "A Technique for Drawing Directed Graphs", 1993), with its library, in this
/// program: it is told sizes and numbers, no name and no file. The same input gives the same output. None where the
/// program was built without it, where it gives up, or where there are more than 200 boxes or 1000 arrows. `arrows`:
/// pairs of places in `boxes`. Not for several threads at a time.
std::optional<LaidOut> lay_out(std::span<const BoxSize> boxes,
                               std::span<const std::pair<std::size_t, std::size_t>> arrows);

/// Whether the program was built with Graphviz.
bool can_lay_out();

}  // namespace patchgate
