package dev.asyncjob.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * How a client comes to an API server of this machine: complete in itself, with no file beside it.
 *
 * @param port of the loopback address
 * @param authority the certificate, in PEM, that the server's is checked against
 * @param user what the user is called in the file
 * @param token what the user is known by
 * @param namespace of whatever names none
 */
public record Kubeconfig(int port, String authority, String user, String token, String namespace) {

  /** As it stands in a file. */
  public String text() {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: local
      cluster:
        server: https://127.0.0.1:%1$d
        certificate-authority-data: %2$s
    users:
    - name: %3$s
      user:
        token: %4$s
    contexts:
    - name: local
      context:
        cluster: local
        user: %3$s
        namespace: %5$s
    current-context: local
    """
        .formatted(
            port,
            Base64.getEncoder().encodeToString(authority.getBytes(UTF_8)),
            user,
            token,
            namespace);
  }
}
