package dev.asyncjob.controller;

import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** The heap of this JVM, walked. */
final class Heap {
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  private Heap() {}

  /** The bytes of all objects that can be reached. */
  static long liveBytes() {
    try {
      var histogram =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      var total = TOTAL.matcher(histogram.toString());
      if (!total.find()) {
        throw new IllegalStateException("no total in " + histogram);
      }
      return Long.parseLong(total.group(1));
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }
}
