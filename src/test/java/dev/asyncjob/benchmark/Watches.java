package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.TestNamespace;
import io.fabric8.kubernetes.client.http.AsyncBody;

/**
 * The two watches that there are while an operator is measured, for what the server sends is a part
 * of what a write costs: one as the operator has it, and that of the benchmark itself. It is no
 * fault here when the server ends one, which it does with a client that cannot keep up.
 */
final class Watches implements AutoCloseable {
  private final AsyncBody operators;
  private final JobWatch own;

  Watches(TestNamespace namespace) {
    operators =
        new BareClient(namespace.client())
            .follow(BareClient.jobs(namespace.name()) + "?watch=true", bytes -> {})
            .join()
            .body();
    operators.consume();
    own = JobWatch.start(namespace.client(), namespace.name(), (job, arrival) -> {});
  }

  @Override
  public void close() {
    own.cancel();
    operators.cancel();
  }
}
