package dev.asyncjob.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.cluster.EtcdKeyValue;
import dev.asyncjob.lifecycle.SpecBuilder;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Json;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a version from etcd, which keeps a custom resource as JSON. */
final class VersionReader {
  private static final AsyncJobSpec UNREADABLE = new SpecBuilder().build();

  /** The definition's default, which a job is read with, and stored with from its first edit on. */
  private static final AsyncJobStatus UNSEEN =
      new AsyncJobStatus.Builder().observedGeneration(-1L).build();

  private final ObjectMapper mapper = new ObjectMapper(Json.factory());

  Version read(EtcdKeyValue stored) throws IOException {
    var job = mapper.readValue(stored.bytes(), AsyncJob.class);
    var metadata = job.getMetadata();
    @Nullable AsyncJobSpec spec = job.getSpec();
    @Nullable AsyncJobStatus status = job.getStatus();
    return new Version(
        new StoredJob(
            metadata.getNamespace() + "/" + metadata.getName(),
            metadata.getUid(),
            stored.modRevision(),
            metadata.getGeneration(),
            spec == null ? UNREADABLE : spec,
            job.specProblem().isEmpty(),
            status == null ? UNSEEN : status),
        job.statusProblem().isEmpty(),
        statusManagers(job));
  }

  private static Set<String> statusManagers(AsyncJob job) {
    return job.getMetadata().getManagedFields().stream()
        .filter(entry -> "status".equals(entry.getSubresource()))
        .map(ManagedFieldsEntry::getManager)
        .collect(Collectors.toUnmodifiableSet());
  }
}
