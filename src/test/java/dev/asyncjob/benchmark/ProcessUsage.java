package dev.asyncjob.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a process has used, as Linux counts it. */
public record ProcessUsage(long pid) {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
  private static final int AFTER_NAME_USER_TICKS = 11;
  private static final double TICKS_PER_SECOND = 100;

  double cpuSeconds() {
    var stat = read("stat");
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[AFTER_NAME_USER_TICKS])
            + Long.parseLong(fields[AFTER_NAME_USER_TICKS + 1]))
        / TICKS_PER_SECOND;
  }

  public double residentMebibytes() {
    return status(RESIDENT) / 1024.0;
  }

  public long threads() {
    return status(THREADS);
  }

  public long openFiles() {
    try (var files = Files.list(file("fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long status(Pattern line) {
    var status = read("status");
    var found = line.matcher(status);
    if (!found.find()) {
      throw new IllegalStateException("no " + line + " in " + status);
    }
    return Long.parseLong(found.group(1));
  }

  private String read(String file) {
    try {
      return Files.readString(file(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
