package dev.asyncjob.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small shell process that ends this JVM's children and removes its temporary folder once the JVM
 * is gone.
 *
 * <p>Its standard input is a pipe from the JVM. However the JVM ends, {@code kill -9} included, the
 * kernel closes the pipe; no shutdown hook can promise that.
 */
final class Guard {

  // The minus sign reaches the whole process group of a child, such as the compilers under "go
  // build"; the second
  // kill is for systems without setsid, where a child has no group of its own. The folder may be
  // written to until
  // the last child is gone, hence the second attempt at removing it.
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      pids=' '
      while read -r verb pid; do
        case $verb in
          watch) pids="$pids$pid " ;;
          forget) pids="${pids%% $pid *} ${pids#* $pid }" ;;
        esac
      done
      for pid in $pids; do kill -KILL "-$pid" || kill -KILL "$pid"; done
      rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }
      """;

  private static final Guard INSTANCE = new Guard();

  private final Path folder;
  private final OutputStream orders;

  private Guard() {
    try {
      folder = Files.createTempDirectory("asyncjob-cluster-");
      orders =
          new ProcessBuilder(
                  OwnSession.command(List.of("sh", "-c", SCRIPT, "guard", folder.toString())))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything temporary of this JVM lies in here. */
  static Path folder() {
    return INSTANCE.folder;
  }

  static void watch(long pid) {
    INSTANCE.order("watch " + pid);
  }

  static void forget(long pid) {
    INSTANCE.order("forget " + pid);
  }

  private synchronized void order(String line) {
    try {
      orders.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("The process that guards the children of this JVM is gone", e);
    }
  }
}
