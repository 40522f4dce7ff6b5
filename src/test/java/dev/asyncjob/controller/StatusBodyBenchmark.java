package dev.asyncjob.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.connection.Cluster;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.WaitingJob;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The body of a status write is put together and serialised as the client library does it. */
@State(Scope.Benchmark)
public class StatusBodyBenchmark {
  private final KubernetesSerialization serialization = Cluster.serialization();
  private final AsyncJob job = WaitingJob.of(0).resource();
  private final ObjectMapper mapper = new ObjectMapper();
  private final JsonNode tree = serialization.unmarshal(write(), JsonNode.class);

  @Benchmark
  public final String write() {
    return serialization.asJson(JobWriter.body(job, job.getStatus()));
  }

  @Benchmark
  public String writeTree() throws JsonProcessingException {
    return mapper.writeValueAsString(tree);
  }
}
