package dev.asyncjob.benchmark.soak;

import java.util.Locale;

/** By how much a figure that is flat may have grown, for none is quite the same all the time. */
record Margin(double percent, double absolute) {
  static Margin percent(double percent) {
    return new Margin(percent, 0);
  }

  static Margin absolute(double more) {
    return new Margin(0, more);
  }

  boolean holds(Trend trend) {
    var most = trend.secondQuarter() * (1 + percent / 100) + absolute;
    return trend.lastQuarter() <= most;
  }

  @Override
  public String toString() {
    return percent > 0
        ? String.format(Locale.ROOT, "%.0f %%", percent)
        : String.format(Locale.ROOT, "%.0f", absolute);
  }
}
