package dev.asyncjob.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

/**
 * What the API server checks tokens against: one token for the administrator, and the key pair that
 * signs the tokens of service accounts.
 */
record Credentials(Path folder, String adminToken) {

  static Credentials create(Path folder) throws IOException {
    var credentials = new Credentials(folder, UUID.randomUUID().toString());
    Files.writeString(
        credentials.tokenFile(), credentials.adminToken() + ",admin,admin,\"system:masters\"\n");
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var pair = generator.generateKeyPair();
      Files.writeString(credentials.privateKeyFile(), pem("PRIVATE KEY", pair.getPrivate()));
      Files.writeString(credentials.publicKeyFile(), pem("PUBLIC KEY", pair.getPublic()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return credentials;
  }

  Path tokenFile() {
    return folder.resolve("tokens.csv");
  }

  Path privateKeyFile() {
    return folder.resolve("service-account.key");
  }

  Path publicKeyFile() {
    return folder.resolve("service-account.pub");
  }

  private static String pem(String type, Key key) {
    var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, body, type);
  }
}
