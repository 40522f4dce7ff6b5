package dev.asyncjob.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a process has used, as Linux counts it. */
record ProcessUsage(long pid) {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final int AFTER_NAME_USER_TICKS = 11;
  private static final double TICKS_PER_SECOND = 100;

  double cpuSeconds() {
    var stat = read("stat");
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[AFTER_NAME_USER_TICKS])
            + Long.parseLong(fields[AFTER_NAME_USER_TICKS + 1]))
        / TICKS_PER_SECOND;
  }

  double residentMebibytes() {
    var status = read("status");
    var resident = RESIDENT.matcher(status);
    if (!resident.find()) {
      throw new IllegalStateException("no VmRSS in " + status);
    }
    return Long.parseLong(resident.group(1)) / 1024.0;
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
