package dev.asyncjob.controller;

import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.AsyncJobStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job in a tenth of the memory, without what only the server and kubectl need: managed fields,
 * labels and the like.
 */
final class PackedJob {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private static final RecordCodec<Content> CODEC =
      new RecordCodec<>(
          Content.class,
          List.of(
              "", "Started", "Queued has begun", "Completed", "Failed", "Terminated", "Restarted"));

  private record Annotation(String name, String value) {}

  private record Content(
      String uid,
      Long resourceVersion,
      Long generation,
      Instant creationTime,
      @Nullable Instant deletionTime,
      @Nullable List<Annotation> annotations,
      @Nullable AsyncJobSpec spec,
      @Nullable String specProblem,
      @Nullable AsyncJobStatus status,
      @Nullable String statusProblem) {}

  private final byte[] content;

  private PackedJob(byte[] content) {
    this.content = content;
  }

  static PackedJob of(AsyncJob job) {
    var metadata = job.getMetadata();
    return new PackedJob(
        CODEC.encode(
            new Content(
                metadata.getUid(),
                Long.valueOf(metadata.getResourceVersion()),
                metadata.getGeneration(),
                Instant.parse(metadata.getCreationTimestamp()),
                Optional.ofNullable(metadata.getDeletionTimestamp())
                    .map(Instant::parse)
                    .orElse(null),
                annotations(metadata),
                job.getSpec(),
                job.specProblem().orElse(null),
                job.getStatus(),
                job.statusProblem().orElse(null))));
  }

  /** The job again, under the name that it had. */
  AsyncJob unpacked(String namespace, String name) {
    var packed = CODEC.decode(content);
    var metadata =
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withUid(packed.uid())
            .withResourceVersion(packed.resourceVersion().toString())
            .withGeneration(packed.generation())
            .withCreationTimestamp(packed.creationTime().toString());
    if (packed.deletionTime() != null) {
      metadata.withDeletionTimestamp(packed.deletionTime().toString());
    }
    if (packed.annotations() != null) {
      packed.annotations().forEach(each -> metadata.addToAnnotations(each.name(), each.value()));
    }
    return AsyncJob.of(
        metadata.build(),
        packed.spec(),
        packed.specProblem(),
        packed.status(),
        packed.statusProblem());
  }

  private static @Nullable List<Annotation> annotations(ObjectMeta metadata) {
    @Nullable Map<String, String> all = metadata.getAnnotations();
    if (all == null || all.isEmpty()) {
      return null;
    }
    return all.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(LAST_APPLIED))
        .map(entry -> new Annotation(entry.getKey(), entry.getValue()))
        .toList();
  }
}
