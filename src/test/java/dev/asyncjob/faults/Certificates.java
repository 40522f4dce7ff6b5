package dev.asyncjob.faults;

import dev.asyncjob.cluster.Command;
import dev.asyncjob.cluster.Jdk;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.SSLOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An authority and the certificates that it has given to one server, by the JDK's keytool. */
final class Certificates {
  private static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path store;
  private final AtomicInteger count = new AtomicInteger();

  private Certificates(Path store) {
    this.store = store;
  }

  /** A new authority, with what it needs in a folder. */
  static Certificates in(Path folder) {
    var certificates = new Certificates(folder.resolve("certificates.p12"));
    certificates.generate(AUTHORITY, "-ext", "bc:c");
    return certificates;
  }

  /** The first certificate of the server. */
  PfxOptions first() {
    return next();
  }

  /** What the server shows in place of the one before: another key, of the same authority. */
  SSLOptions another() {
    return new SSLOptions().setKeyCertOptions(next());
  }

  /** What a client has to trust. */
  String authority() {
    return keytool("-exportcert", "-rfc", "-alias", AUTHORITY);
  }

  private PfxOptions next() {
    var alias = "server-" + count.incrementAndGet();
    generate(alias, "-signer", AUTHORITY, "-ext", "san=ip:127.0.0.1");
    return new PfxOptions().setPath(store.toString()).setPassword(PASSWORD).setAlias(alias);
  }

  private void generate(String alias, String... options) {
    var command =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias));
    command.addAll(List.of(options));
    keytool(command.toArray(String[]::new));
  }

  private String keytool(String... arguments) {
    var command = new ArrayList<>(List.of(Jdk.program("keytool")));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    var result = Command.run(command, "", LIMIT, builder -> {});
    if (result.exitCode() != 0) {
      throw new IllegalStateException(result.stdout() + result.stderr());
    }
    return result.stdout();
  }
}
