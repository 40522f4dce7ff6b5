package dev.asyncjob.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An etcd and a kube-apiserver on random ports of the loopback address, gone without a trace when
 * closed.
 */
public final class ControlPlane implements AutoCloseable {

  private static final int PORT_ATTEMPTS = 5;
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  private final Binaries binaries;
  private final Path folder;
  private final Component etcd;
  private final Component apiServer;
  private final Kubectl kubectl;

  private ControlPlane(Binaries binaries, Path folder) throws IOException {
    this.binaries = binaries;
    this.folder = folder;
    etcd = startEtcd();
    try {
      var credentials = Credentials.create(folder);
      apiServer = startApiServer(credentials);
      writeKubeconfig(credentials);
    } catch (IOException | RuntimeException e) {
      etcd.close();
      throw e;
    }
    kubectl = new Kubectl(binaries.path(Binary.KUBECTL), kubeconfig());
  }

  /**
   * Finds, downloads or builds the programs, starts them and waits until the API server is ready.
   */
  public static ControlPlane start() {
    var binaries = BinarySearch.ofThisProject().find();
    for (var attempt = 1; ; attempt++) {
      try {
        return start(binaries);
      } catch (IllegalStateException e) {
        // A free port can be taken by another process before it is used here.
        if (attempt == PORT_ATTEMPTS
            || !String.valueOf(e.getMessage()).contains("address already in use")) {
          throw e;
        }
      }
    }
  }

  private static ControlPlane start(Binaries binaries) {
    try {
      var folder = Files.createTempDirectory(Guard.folder(), "control-plane-");
      try {
        var controlPlane = new ControlPlane(binaries, folder);
        try {
          controlPlane.awaitReady();
          return controlPlane;
        } catch (RuntimeException e) {
          controlPlane.close();
          throw e;
        }
      } catch (RuntimeException e) {
        Folders.delete(folder);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Component etcd() {
    return etcd;
  }

  /** A new one, with connections of its own, for who wants to go past the API server. */
  public EtcdClient newEtcdClient() {
    return new EtcdClient(etcd.port());
  }

  /** Where etcd has its data. */
  public Path etcdData() {
    return folder.resolve("etcd");
  }

  public Component apiServer() {
    return apiServer;
  }

  /** Of the administrator; complete in itself, so it may be copied. */
  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /** As the administrator. */
  public Kubectl kubectl() {
    return kubectl;
  }

  /** The folder that kubectl is in. */
  public Path binaries() {
    return binaries.folder();
  }

  /** Installs a CustomResourceDefinition and waits until it is served. */
  public void installCrd(Path manifest) {
    kubectl.get("apply", "--server-side", "-f", manifest.toString());
    kubectl.get("wait", "--for=condition=Established", "--timeout=30s", "-f", manifest.toString());
  }

  /** Waits until the API server says that it is ready, as it does when it reaches etcd. */
  public void awaitReady() {
    var attempt = kubectl.withLimit(READY_LIMIT);
    var ready =
        Poll.until(
            READY_LIMIT,
            () ->
                !etcd.isAlive()
                    || !apiServer.isAlive()
                    || attempt.run("get", "--raw=/readyz", "--request-timeout=2s").exitCode() == 0);
    // Asked again: a server whose port was taken ends soon, and another one may answer in its
    // place.
    for (var component : List.of(etcd, apiServer)) {
      if (!component.isAlive()) {
        throw component.failure("has ended");
      }
    }
    if (!ready) {
      throw apiServer.failure("is not ready after " + READY_LIMIT.toSeconds() + " s");
    }
  }

  @Override
  public void close() {
    apiServer.close();
    etcd.close();
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Component startEtcd() {
    var port = Ports.free();
    var url = "http://127.0.0.1:" + port;
    return Component.start(
        "etcd",
        port,
        new LogFile(folder.resolve("etcd.log")),
        List.of(
            binaries.path(Binary.ETCD).toString(),
            "--data-dir=" + etcdData(),
            "--listen-client-urls=" + url,
            "--advertise-client-urls=" + url,
            "--listen-peer-urls=http://127.0.0.1:0",
            // Data must outlive the process, not the machine: the page cache is enough, and writes
            // are much faster.
            "--unsafe-no-fsync",
            // The default of 2 GiB is too little for load tests.
            "--quota-backend-bytes=" + (8L << 30),
            "--log-level=warn"));
  }

  private Component startApiServer(Credentials credentials) {
    var port = Ports.free();
    return Component.start(
        "kube-apiserver",
        port,
        new LogFile(folder.resolve("kube-apiserver.log")),
        List.of(
            binaries.path(Binary.KUBE_APISERVER).toString(),
            "--etcd-servers=http://127.0.0.1:" + etcd.port(),
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--secure-port=" + port,
            "--cert-dir=" + certificates(),
            "--token-auth-file=" + credentials.tokenFile(),
            "--authorization-mode=RBAC",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + credentials.publicKeyFile(),
            "--service-account-signing-key-file=" + credentials.privateKeyFile(),
            "--service-cluster-ip-range=10.0.0.0/24",
            // No Pod will ever look for the API server, and a loopback address is not allowed as an
            // endpoint.
            "--endpoint-reconciler-type=none",
            // No controller makes the "default" ServiceAccount, which this plugin wants for each
            // Pod.
            "--disable-admission-plugins=ServiceAccount"));
  }

  /** The API server makes its own certificate in here and keeps it when started again. */
  private Path certificates() {
    return folder.resolve("certificates");
  }

  private void writeKubeconfig(Credentials credentials) throws IOException {
    var authority = Files.readString(certificates().resolve("apiserver.crt"));
    var admins =
        new Kubeconfig(apiServer.port(), authority, "admin", credentials.adminToken(), "default");
    Files.writeString(kubeconfig(), admins.text());
  }
}
