package dev.asyncjob.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to run: {@code -Dfaults.seconds}, {@code -Dfaults.seed}, {@code -Dfaults.rate} (jobs a
 * second), {@code -Dfaults.only} (a part of a fault's name), {@code -Dfaults.folder} (where the
 * report goes) and {@code -Dfaults.faketime} (libfaketime.so.1, for the faults of clocks).
 */
record Options(
    Duration time, long seed, double rate, String only, Path folder, Optional<Path> libfaketime) {

  static Options read() {
    return new Options(
        Duration.ofSeconds(Long.getLong("faults.seconds", 45)),
        Long.getLong("faults.seed", 1),
        Double.parseDouble(System.getProperty("faults.rate", "5")),
        System.getProperty("faults.only", ""),
        Path.of(System.getProperty("faults.folder", "target/faults")),
        Optional.ofNullable(System.getProperty("faults.faketime")).map(Path::of));
  }
}
