package dev.asyncjob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortsTest {

  /** As many as a run of all tests needs, and more. */
  private static final int COUNT = 350;

  @Test
  void noneIsGivenTwiceWhoeverAsks() {
    var one = new Ports();
    var other = new Ports();

    assertThat(
            IntStream.range(0, COUNT)
                .boxed()
                .flatMap(i -> Stream.of(one.next(), other.next(), Ports.free())))
        .doesNotHaveDuplicates();
  }

  @Test
  void aPortInUseIsNotGiven() throws Exception {
    var ports = new Ports();
    var port = ports.next() + 1;
    try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(ports.next()).isEqualTo(port + 1);
    }
  }
}
