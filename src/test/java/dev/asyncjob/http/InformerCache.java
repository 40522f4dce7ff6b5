package dev.asyncjob.http;

import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.store.JobCache;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;
import java.util.stream.Stream;

/** A cache of all jobs of a cluster that is filled by a watch. */
final class InformerCache implements JobCache, AutoCloseable {
  private final SharedIndexInformer<AsyncJob> informer;

  InformerCache(KubernetesClient client) {
    informer = client.resources(AsyncJob.class).inAnyNamespace().inform();
  }

  @Override
  public Optional<AsyncJob> get(String namespace, String name) {
    return Optional.ofNullable(informer.getStore().getByKey(namespace + "/" + name));
  }

  @Override
  public Stream<AsyncJob> list(String namespace) {
    return informer.getStore().list().stream()
        .filter(job -> job.getMetadata().getNamespace().equals(namespace));
  }

  @Override
  public void close() {
    informer.close();
  }
}
