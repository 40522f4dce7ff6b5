package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Command;
import dev.asyncjob.cluster.Kubectl;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * The jobs of one namespace: what a user does with them, and every version that the server stored
 * of them.
 */
final class Jobs implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final TestNamespace namespace;
  private final List<Version> versions = new CopyOnWriteArrayList<>();
  private final Watch watch;
  private volatile WatcherException loss;

  private Jobs(TestNamespace namespace) {
    this.namespace = namespace;
    this.watch = namespace.client().resources(AsyncJob.class).watch(new Recorder());
  }

  static Jobs in(TestNamespace namespace) {
    return new Jobs(namespace);
  }

  TestNamespace namespace() {
    return namespace;
  }

  Kubectl kubectl() {
    return namespace.kubectl();
  }

  /** The manifest of a job, given its spec in YAML's flow style. */
  static String manifest(String name, String spec) {
    return "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: %s}, spec: %s}"
        .formatted(name, spec);
  }

  /** The manifest of a job, given its spec in JSON. */
  static String json(String name, String spec) {
    return """
    {"apiVersion": "asyncjob.dev/v1", "kind": "AsyncJob", "metadata": {"name": "%s"}, "spec": %s}
    """
        .formatted(name, spec);
  }

  void apply(String name, String spec) {
    kubectl().apply(manifest(name, spec));
  }

  /** Creates jobs that are named x0, x1 and so on, with one request each. */
  void createMany(int count, IntFunction<String> spec) {
    var manifests =
        IntStream.range(0, count)
            .mapToObj(i -> manifest("x" + i, spec.apply(i)))
            .collect(Collectors.joining("\n---\n"));
    var result = kubectl().runWithInput(manifests, "create", "-f", "-");
    assertThat(result.stderr()).isEmpty();
  }

  Command.Result tryToApply(String name, String spec) {
    return kubectl().runWithInput(manifest(name, spec), "apply", "-f", "-");
  }

  /** Merges fields, in JSON, into the spec. */
  void edit(String name, String fields) {
    kubectl().get("patch", "aj", name, "--type=merge", "--patch={\"spec\":" + fields + "}");
  }

  void delete(String name) {
    kubectl().get("delete", "aj", name);
  }

  /** All versions of the jobs that bore the name. */
  List<Version> versions(String name) {
    return versions.stream().filter(version -> version.name().equals(name)).toList();
  }

  /** The states of all versions of the jobs that bore the name, so each write is seen. */
  List<String> states(String name) {
    return versions(name).stream()
        .map(version -> version.isDeletion() ? "deleted" : version.state())
        .toList();
  }

  /** Waits until the newest version of a job is in a state. */
  Version await(String name, String state) {
    return await(name, version -> version.state().equals(state), state);
  }

  /** Waits until the newest version of a job, deleted ones apart, is as described. */
  Version await(String name, Predicate<Version> predicate, String description) {
    return until(name, version -> !version.isDeletion() && predicate.test(version), description);
  }

  /** Waits until the operator has taken the newest edit of a job into account. */
  Version awaitObserved(String name) {
    var generation = namespace.client().resources(AsyncJob.class).withName(name).get();
    return await(
        name,
        version ->
            generation.getMetadata().getGeneration().equals(version.status().observedGeneration()),
        "observed");
  }

  Version awaitDeletion(String name) {
    return until(name, Version::isDeletion, "deleted");
  }

  /** Waits until a moment has passed, and a little more, so that what was to happen then has. */
  static void awaitTime(Instant moment) {
    Awaitility.await().atMost(LIMIT).until(() -> Instant.now().isAfter(moment.plusMillis(300)));
  }

  private Version until(String name, Predicate<Version> predicate, String description) {
    return Awaitility.await()
        .alias(name + " " + description)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .conditionEvaluationListener(null)
        .until(() -> newest(name), newest -> newest != null && predicate.test(newest));
  }

  private Version newest(String name) {
    var all = versions(name);
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  @Override
  public void close() {
    watch.close();
    assertThat(loss).as("loss of the watch").isNull();
    versions.stream().map(Version::name).distinct().forEach(this::assertInvariants);
  }

  private void assertInvariants(String name) {
    Invariants.assertHold(versions(name));
    assertThat(versions(name)).as("versions of " + name).isNotEmpty();
  }

  private final class Recorder implements Watcher<AsyncJob> {
    @Override
    public void eventReceived(Action action, AsyncJob job) {
      versions.add(new Version(action, job, Instant.now()));
    }

    @Override
    public void onClose(WatcherException cause) {
      loss = cause;
    }
  }
}
