package dev.asyncjob.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback address. */
final class Ports {

  // Below the ports that systems give to outgoing connections (from 32768 on Linux, 49152 on
  // macOS): while a server is
  // down, none of its clients may get its port.
  private static final int FROM = 20_000;
  private static final int TO = 32_000;

  private Ports() {}

  /** A port that nobody listens on now; somebody may do so before it is used. */
  static int free() {
    while (true) {
      var port = ThreadLocalRandom.current().nextInt(FROM, TO);
      if (isFree(port)) {
        return port;
      }
    }
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

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
