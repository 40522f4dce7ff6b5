package dev.asyncjob.benchmark.soak;

import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.CustomStatus;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/** Tells a ledger what becomes of each job, for hours: a watch that ends is begun again. */
record Completions(SharedIndexInformer<AsyncJob> informer) implements AutoCloseable {
  static Completions of(TestNamespace namespace, Ledger ledger) {
    return new Completions(
        namespace
            .client()
            .resources(AsyncJob.class)
            .inform(
                new ResourceEventHandler<AsyncJob>() {
                  @Override
                  public void onAdd(AsyncJob job) {
                    seen(job, ledger);
                  }

                  @Override
                  public void onUpdate(AsyncJob before, AsyncJob job) {
                    seen(job, ledger);
                  }

                  @Override
                  public void onDelete(AsyncJob job, boolean isLastStateUnknown) {
                    seen(job, ledger);
                  }
                }));
  }

  private static void seen(AsyncJob job, Ledger ledger) {
    ledger.seen(job.getMetadata().getName());
    var status = job.getStatus();
    if (status != null && status.customStatus() == CustomStatus.Completed) {
      ledger.completed(job.getMetadata().getName());
    }
  }

  @Override
  public void close() {
    informer.close();
  }
}
