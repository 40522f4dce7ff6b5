package dev.asyncjob.benchmark.soak;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Counts the warnings and errors in a log that grows for hours: only what is new is read. */
final class Warnings {
  private static final Pattern WARNING = Pattern.compile("(?m)^\\S+ (WARN|ERROR|FATAL) ");

  private final Path log;
  private long read;
  private long count;

  Warnings(Path log) {
    this.log = log;
  }

  /** Of all that has been written so far; a line that is half written counts the next time. */
  synchronized long count() {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      var added = new byte[Math.toIntExact(file.length() - read)];
      file.seek(read);
      file.readFully(added);
      var text = new String(added, StandardCharsets.ISO_8859_1);
      var whole = text.substring(0, text.lastIndexOf('\n') + 1);
      count += WARNING.matcher(whole).results().count();
      read += whole.length();
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
