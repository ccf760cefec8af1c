package dev.pacebench.leaderboard.chart;

/** An upright rectangle. */
record Box(double left, double top, double right, double bottom) {

  static Box around(double x, double y, double halfWidth, double halfHeight) {
    return new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
  }

  Box grown(double by) {
    return new Box(left - by, top - by, right + by, bottom + by);
  }

  boolean holds(Box other) {
    return other.left >= left && other.right <= right && other.top >= top && other.bottom <= bottom;
  }

  boolean touches(Box other) {
    return other.left < right && other.right > left && other.top < bottom && other.bottom > top;
  }

  /** Area that both cover. */
  double overlap(Box other) {
    double width = Math.min(right, other.right) - Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return width > 0 && height > 0 ? width * height : 0;
  }
}
