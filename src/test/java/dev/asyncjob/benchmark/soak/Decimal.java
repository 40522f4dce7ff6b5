package dev.asyncjob.benchmark.soak;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** A number as people write it, with no more decimals than it has, and two at most. */
final class Decimal {
  private Decimal() {}

  static String text(double value) {
    return new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value);
  }
}
