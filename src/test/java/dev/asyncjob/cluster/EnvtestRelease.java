package dev.asyncjob.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Downloads the archive of the programs that controller-tools releases, and checks it against the
 * index.
 */
final class EnvtestRelease implements BinarySource {

  private static final URI INDEX =
      URI.create(
          "https://raw.githubusercontent.com/kubernetes-sigs/controller-tools/HEAD/envtest-releases.yaml");

  // Short: on a network that lets nothing through, a build is the way, and it should start at once.
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(6);
  private static final Duration ARCHIVE_LIMIT = Duration.ofMinutes(10);

  private final URI index;
  private final String archiveName;

  EnvtestRelease(URI index, String archiveName) {
    this.index = index;
    this.archiveName = archiveName;
  }

  static EnvtestRelease of(String version) {
    return new EnvtestRelease(INDEX, "envtest-v" + version + "-" + Platform.name() + ".tar.gz");
  }

  @Override
  public void fetch(List<Binary> programs, Binaries into) throws BinarySourceException {
    try {
      var client =
          HttpClient.newBuilder()
              .connectTimeout(CONNECT_LIMIT)
              .followRedirects(Redirect.NORMAL)
              .build();
      var entry =
          entry(get(client, "index of downloads", index, ANSWER_LIMIT, BodyHandlers.ofString()));
      var archive = Files.createTempFile(Guard.folder(), "envtest-", ".tar.gz");
      get(
          client,
          "download of " + archiveName,
          entry.link(),
          ARCHIVE_LIMIT,
          BodyHandlers.ofFile(archive));
      if (!sha512(archive).equals(entry.sha512())) {
        throw new BinarySourceException(
            archiveName + " was downloaded, but does not have the checksum of the index");
      }
      unpack(archive, programs, into);
      Files.delete(archive);
    } catch (IOException | ExecutionException | TimeoutException e) {
      var reason = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      throw new BinarySourceException(
          "no download of %s from %s: %s".formatted(archiveName, index.getHost(), reason), e);
    }
  }

  /** Where an archive is and what it must be. */
  record Entry(String sha512, URI link) {}

  private Entry entry(String text) throws BinarySourceException {
    // The index is generated: below the archive's name, a line for its hash and one for its link.
    var start = text.indexOf(archiveName + ":");
    var hash = Pattern.compile("hash: (\\p{XDigit}+)").matcher(text);
    var link = Pattern.compile("selfLink: (\\S+)").matcher(text);
    if (start < 0 || !hash.find(start) || !link.find(start)) {
      throw new BinarySourceException(
          "no download of " + archiveName + ": the index does not list it");
    }
    return new Entry(hash.group(1), URI.create(link.group(1)));
  }

  private static <T> T get(
      HttpClient client, String what, URI uri, Duration limit, BodyHandler<T> handler)
      throws BinarySourceException, ExecutionException, TimeoutException {
    var request = HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT).build();
    HttpResponse<T> response =
        Progress.await(
            what, "at most " + limit.toSeconds() + " s", limit, client.sendAsync(request, handler));
    if (response.statusCode() != 200) {
      throw new BinarySourceException(what + ": HTTP status " + response.statusCode());
    }
    return response.body();
  }

  private static String sha512(Path file) throws IOException {
    try (var input =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-512"))) {
      input.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(input.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void unpack(Path archive, List<Binary> programs, Binaries into)
      throws IOException, BinarySourceException {
    // In the folder itself, so that each program arrives by a rename.
    var unpacked = into.folder().resolve(".unpacked");
    Folders.delete(unpacked);
    Files.createDirectories(unpacked);
    var tar =
        Command.run(
            List.of("tar", "-xzf", archive.toString(), "-C", unpacked.toString()),
            "",
            Duration.ofMinutes(2),
            builder -> {});
    if (tar.exitCode() != 0) {
      throw new BinarySourceException("tar: " + tar.stderr().strip());
    }
    for (var program : programs) {
      var file = unpacked.resolve("controller-tools/envtest").resolve(program.fileName());
      Files.move(file, into.path(program), StandardCopyOption.ATOMIC_MOVE);
    }
    Folders.delete(unpacked);
  }
}
