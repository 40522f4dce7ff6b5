package dev.asyncjob.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The network between the operators and the {@link Gateway}: TCP, passed on byte by byte. */
final class Line implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  /** What a lost segment costs, as it is sent again: on Linux 200 ms, then twice as long. */
  private static final int RESENT_AFTER_MILLIS = 200;

  private final ServerSocket server;
  private final int target;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private volatile Duration latency = Duration.ZERO;
  private volatile double loss;
  private volatile Duration idleLimit = Duration.ofDays(1);

  private Line(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  static Line to(int port) {
    try {
      var line = new Line(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), port);
      daemon(line::accept, "line");
      daemon(line::closeIdle, "line-idle");
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Each piece comes later by this much. */
  void latency(Duration duration) {
    latency = duration;
  }

  /** This share of the pieces is lost and sent again. */
  void loss(double share) {
    loss = share;
  }

  /** Connections on which nothing passes for so long are closed. */
  void idleLimit(Duration duration) {
    idleLimit = duration;
  }

  /** RST on every connection. */
  void reset() {
    connections.forEach(Connection::reset);
  }

  /** FIN on every connection. */
  void finish() {
    connections.forEach(Connection::finish);
  }

  /**
   * What is connected now stays so, and nothing passes there any more: half-open, without a FIN.
   */
  void silence() {
    connections.forEach(connection -> connection.isSilent = true);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        new Connection(server.accept()).start();
      } catch (IOException e) {
        // Closed, or the gateway is: the client tries again.
      }
    }
  }

  private void closeIdle() {
    try {
      while (!server.isClosed()) {
        Thread.sleep(100);
        var limit = System.nanoTime() - idleLimit.toNanos();
        connections.stream().filter(c -> c.usedAt < limit).forEach(Connection::finish);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    finish();
  }

  private static void daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private final class Connection {
    private final Socket near;
    private final Socket far;
    private volatile boolean isSilent;
    private volatile long usedAt = System.nanoTime();

    Connection(Socket near) throws IOException {
      this.near = near;
      try {
        far = new Socket(InetAddress.getLoopbackAddress(), target);
      } catch (IOException e) {
        near.close();
        throw e;
      }
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
    }

    void start() {
      connections.add(this);
      var name = "line-" + count.incrementAndGet();
      daemon(() -> pass(near, far), name + "-up");
      daemon(() -> pass(far, near), name + "-down");
    }

    private void pass(Socket from, Socket to) {
      try {
        pass(from.getInputStream(), to.getOutputStream());
      } catch (IOException e) {
        // The other direction ends as well.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (isSilent) {
        close(from); // The end of one side does not reach the other.
      } else {
        finish();
      }
    }

    private void pass(InputStream from, OutputStream to) throws IOException, InterruptedException {
      var buffer = new byte[BUFFER];
      for (int read; (read = from.read(buffer)) >= 0; ) {
        usedAt = System.nanoTime();
        delay();
        if (!isSilent) {
          to.write(buffer, 0, read);
          to.flush();
        }
      }
    }

    private void delay() throws InterruptedException {
      var millis = latency.toMillis();
      for (var again = RESENT_AFTER_MILLIS;
          ThreadLocalRandom.current().nextDouble() < loss;
          again *= 2) {
        millis += again;
      }
      if (millis > 0) {
        Thread.sleep(millis);
      }
    }

    void reset() {
      try {
        near.setSoLinger(true, 0);
      } catch (IOException e) {
        // Closed already.
      }
      finish();
    }

    void finish() {
      connections.remove(this);
      close(near);
      close(far);
    }

    private void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
