package dev.asyncjob.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.asyncjob.connection.Cluster;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.WaitingJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A job is packed and unpacked; beside it the same job as a tree, in CBOR without a schema. */
@State(Scope.Benchmark)
public class PackedJobBenchmark {
  private final AsyncJob job =
      Cluster.serialization().clone(WaitingJob.of(0).resource()); // Without managed fields.
  private final PackedJob packed = PackedJob.of(job);
  private final ObjectMapper mapper = new CBORMapper();
  private final JsonNode tree = Cluster.serialization().convertValue(job, JsonNode.class);
  private final byte[] bytes = writeTree();

  @Benchmark
  public Object pack() {
    return PackedJob.of(job);
  }

  @Benchmark
  public AsyncJob unpack() {
    return packed.unpacked("default", "waiting-job-000000");
  }

  @Benchmark
  public final byte[] writeTree() {
    try {
      return mapper.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Benchmark
  public JsonNode readTree() throws IOException {
    return mapper.readTree(bytes);
  }
}
