package dev.asyncjob.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback address that are nobody else's.
 *
 * <p>A server listens some time after it was told its port. Until then no other JVM that runs these
 * tests may give the same one away: each has a block of ports to itself, because it listens on the
 * first of them. However the JVM ends, the system frees it.
 */
final class Ports {

  // Below the ports that systems give to outgoing connections (from 32768 on Linux, 49152 on
  // macOS): while a server is down, none of its clients may get its port.
  private static final int FROM = 20_000;
  private static final int BLOCKS = 30;
  private static final int BLOCK_SIZE = 400;

  private static final Ports OF_THIS_JVM = new Ports();

  private final ServerSocket first = firstOfABlock();
  private int given;

  /** A block of its own. */
  Ports() {}

  /** A port that nobody listens on, and that comes round again only after all others. */
  static int free() {
    return OF_THIS_JVM.next();
  }

  /** The given port if it is free, else another one. */
  static int freePreferably(int port) {
    return isFree(port) ? port : free();
  }

  static boolean isOpen(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  synchronized int next() {
    for (var tried = 1; tried < BLOCK_SIZE; tried++) {
      given = given % (BLOCK_SIZE - 1) + 1;
      var port = first.getLocalPort() + given;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No port is free after " + first.getLocalPort());
  }

  private static ServerSocket firstOfABlock() {
    var start = ThreadLocalRandom.current().nextInt(BLOCKS);
    for (var i = 0; i < BLOCKS; i++) {
      try {
        return listening(FROM + (start + i) % BLOCKS * BLOCK_SIZE);
      } catch (IOException e) {
        // It is another one's block.
      }
    }
    throw new IllegalStateException("Each block of ports from " + FROM + " on has its owner");
  }

  private static boolean isFree(int port) {
    try {
      listening(port).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket listening(int port) throws IOException {
    var socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
