package dev.asyncjob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvtestReleaseTest {

  private static final String ARCHIVE = "envtest-v1.2.3-linux-amd64.tar.gz";

  @TempDir private Path work;
  @TempDir private Path target;

  private HttpServer server;
  private byte[] archive = {};

  @BeforeEach
  void serveAnArchive() throws IOException {
    var folder = Files.createDirectories(work.resolve("controller-tools/envtest"));
    for (var binary : Binary.values()) {
      var program =
          Files.writeString(folder.resolve(binary.fileName()), "I am " + binary.fileName());
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    var file = work.resolve("archive.tar.gz");
    var tar = List.of("tar", "-czf", file.toString(), "-C", work.toString(), "controller-tools");
    assertThat(Command.run(tar, "", Duration.ofSeconds(10), builder -> {}).exitCode()).isZero();
    archive = Files.readAllBytes(file);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/archive", archive);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void whatIsMissingIsTakenFromAnArchiveWithTheRightChecksum() throws Exception {
    serve("/index", index(sha512(archive)));

    release("/index").fetch(List.of(Binary.KUBECTL), new Binaries(target));

    assertThat(target.resolve("kubectl")).isExecutable().hasContent("I am kubectl");
    assertThat(target)
        .isDirectoryNotContaining(file -> file.getFileName().toString().equals("etcd"));
  }

  @Test
  void anArchiveWithAnotherChecksumIsNotUnpacked() {
    serve("/index", index("00ff"));

    assertThatThrownBy(() -> release("/index").fetch(List.of(Binary.KUBECTL), new Binaries(target)))
        .isInstanceOf(BinarySourceException.class)
        .hasMessageContaining("checksum");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void anIndexWithoutTheArchiveIsSaid() {
    serve("/index", "releases: {}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> release("/index").fetch(List.of(Binary.KUBECTL), new Binaries(target)))
        .hasMessageContaining("the index does not list it");
  }

  @Test
  void aServerThatRefusesIsSaid() {
    assertThatThrownBy(
            () -> release("/nowhere").fetch(List.of(Binary.KUBECTL), new Binaries(target)))
        .hasMessageContaining("404");
  }

  private EnvtestRelease release(String path) {
    return new EnvtestRelease(uri(path), ARCHIVE);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private byte[] index(String hash) {
    return """
        releases:
          v1.2.3:
            envtest-v1.2.3-darwin-arm64.tar.gz:
              hash: aabb
              selfLink: http://127.0.0.1/other
            %s:
              hash: %s
              selfLink: %s
        """
        .formatted(ARCHIVE, hash, uri("/archive"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private void serve(String path, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private static String sha512(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
  }
}
