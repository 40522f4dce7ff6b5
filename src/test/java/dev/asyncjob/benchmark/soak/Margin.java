package dev.asyncjob.benchmark.soak;

import java.util.Locale;

/** By how much a figure that is flat may have grown, for none is quite the same all the time. */
record Margin(double growth, boolean isPercent) {
  static Margin percent(double growth) {
    return new Margin(growth, true);
  }

  static Margin absolute(double growth) {
    return new Margin(growth, false);
  }

  boolean holds(Trend trend) {
    var before = trend.secondQuarter();
    return trend.lastQuarter() <= before + (isPercent ? before * growth / 100 : growth);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, isPercent ? "%.0f %%" : "%.0f", growth);
  }
}
