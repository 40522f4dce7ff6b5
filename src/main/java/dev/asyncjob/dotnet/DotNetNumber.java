package dev.asyncjob.dotnet;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Numbers as {@code double.TryParse} and {@code int.TryParse} read them in the invariant culture:
 * surrounding blanks, a sign, and for a double also thousands commas (which may stand anywhere
 * between digits: {@code 1,5} is 15), a fraction and an exponent.
 */
public final class DotNetNumber {
  private static final Pattern DOUBLE =
      Pattern.compile("[+-]?(?:[0-9][0-9,]*(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

  private DotNetNumber() {}

  /**
   * Reads a number with a fraction. NaN and the names of infinity count as no number, which .NET
   * would accept: no wait can take that long. A number too large for a double is infinite.
   */
  public static OptionalDouble parseDouble(String text) {
    var number = text.strip();
    return DOUBLE.matcher(number).matches()
        ? OptionalDouble.of(Double.parseDouble(number.replace(",", "")))
        : OptionalDouble.empty();
  }

  /** Reads a whole number of 32 bits. */
  public static OptionalInt parseInt(String text) {
    var number = text.strip();
    try {
      return INTEGER.matcher(number).matches()
          ? OptionalInt.of(Integer.parseInt(number))
          : OptionalInt.empty();
    } catch (NumberFormatException e) {
      return OptionalInt.empty(); // More than 32 bits.
    }
  }
}
