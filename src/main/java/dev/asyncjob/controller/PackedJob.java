package dev.asyncjob.controller;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.AsyncJobStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job in a tenth of the memory: as CBOR (RFC 8949), and without what nobody here needs: managed
 * fields, labels, and annotations of others, which may be 256 KiB long. Of no meaning to another
 * version of the program.
 */
final class PackedJob {
  private static final String OURS = AsyncJob.GROUP + "/";

  private static final ObjectMapper CBOR =
      CBORMapper.builder()
          .addModule(new JavaTimeModule())
          .annotationIntrospector(new Compact())
          .enable(SerializationFeature.WRITE_ENUMS_USING_INDEX)
          .disable(SerializationFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
          .build();

  /** Records as lists of their values, and these not in the forms that are for people to read. */
  private static final class Compact extends JacksonAnnotationIntrospector {
    @Override
    public JsonFormat.@Nullable Value findFormat(Annotated annotated) {
      return annotated.getRawType().isRecord()
          ? JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY)
          : null;
    }

    @Override
    public @Nullable Object findSerializer(Annotated annotated) {
      return null;
    }

    @Override
    public @Nullable Object findDeserializer(Annotated annotated) {
      return null;
    }
  }

  private record Annotation(String name, String value) {}

  private record Content(
      String uid,
      @Nullable Long generation,
      Instant creationTime,
      @Nullable Instant deletionTime,
      @Nullable List<Annotation> annotations,
      @Nullable AsyncJobSpec spec,
      @Nullable String specProblem,
      @Nullable AsyncJobStatus status,
      @Nullable String statusProblem) {}

  private final long version;
  private final JobState state;
  private final byte[] content;

  private PackedJob(long version, JobState state, byte[] content) {
    this.version = version;
    this.state = state;
    this.content = content;
  }

  static PackedJob of(AsyncJob job) {
    var metadata = job.getMetadata();
    var content =
        new Content(
            metadata.getUid(),
            metadata.getGeneration(),
            Instant.parse(metadata.getCreationTimestamp()),
            Optional.ofNullable(metadata.getDeletionTimestamp()).map(Instant::parse).orElse(null),
            annotations(metadata),
            job.getSpec(),
            job.specProblem().orElse(null),
            job.getStatus(),
            job.statusProblem().orElse(null));
    try {
      return new PackedJob(
          Long.parseLong(metadata.getResourceVersion()),
          JobState.of(job),
          CBOR.writeValueAsBytes(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The resourceVersion: a number, as KEP-5504 has it. */
  String version() {
    return Long.toString(version);
  }

  JobState state() {
    return state;
  }

  private Content content() {
    try {
      return CBOR.readValue(content, Content.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The job again, under the name that it had. */
  AsyncJob unpacked(String namespace, String name) {
    var packed = content();
    var metadata =
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withUid(packed.uid())
            .withResourceVersion(version())
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
    if (all == null) {
      return null;
    }
    var ours =
        all.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(OURS))
            .map(entry -> new Annotation(entry.getKey(), entry.getValue()))
            .toList();
    return ours.isEmpty() ? null : ours;
  }
}
