package dev.asyncjob.faults;

import dev.asyncjob.cluster.Kubeconfig;
import dev.asyncjob.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** How the operators come to the {@link Gateway}: a kubeconfig with the token of an account. */
final class Access {
  private static final String ACCOUNT = "operator";
  private static final long TOKEN_SECONDS = 24 * 3600;

  private final TestNamespace home;
  private final KubernetesClient client;
  private final Path kubeconfig;
  private final int port;
  private final String authority;
  private int tokens;

  /**
   * Makes the account and its first token.
   *
   * @param port where the operators find the API server
   * @param authority whose certificate that shows
   */
  Access(TestNamespace home, KubernetesClient client, Path folder, int port, String authority) {
    this.home = home;
    this.client = client;
    this.kubeconfig = folder.resolve("kubeconfig");
    this.port = port;
    this.authority = authority;
    client
        .serviceAccounts()
        .inNamespace(home.name())
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName(ACCOUNT).endMetadata().build())
        .create();
    client
        .rbac()
        .clusterRoleBindings()
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(home.name() + "-operator")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                .addNewSubject("", "ServiceAccount", ACCOUNT, home.name())
                .build())
        .create();
    write(newToken());
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /** As a kubelet does it: the new token is there before the old one ends. */
  void rotateToken() {
    var old = secret();
    write(newToken());
    client.secrets().inNamespace(home.name()).withName(old).delete();
  }

  /** It ends with the Secret that it is bound to. */
  private String newToken() {
    tokens++;
    client
        .secrets()
        .inNamespace(home.name())
        .resource(new SecretBuilder().withNewMetadata().withName(secret()).endMetadata().build())
        .create();
    return client
        .serviceAccounts()
        .inNamespace(home.name())
        .withName(ACCOUNT)
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TOKEN_SECONDS)
                .withNewBoundObjectRef("v1", "Secret", secret(), null)
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }

  private String secret() {
    return "token-" + tokens;
  }

  private void write(String token) {
    var account = new Kubeconfig(port, authority, ACCOUNT, token, home.name());
    try {
      var next = kubeconfig.resolveSibling("kubeconfig.next");
      Files.writeString(next, account.text());
      Files.move(
          next, kubeconfig, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
