package dev.asyncjob.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.connection.Cluster;
import dev.asyncjob.resource.WaitingJob;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An event of the watch is read as the client library does it. */
@State(Scope.Benchmark)
public class WatchEventBenchmark {
  private final KubernetesSerialization serialization = Cluster.serialization();
  private final ObjectMapper mapper = new ObjectMapper();
  private final String event = WaitingJob.of(0).event();

  @Benchmark
  public WatchEvent read() {
    return serialization.unmarshal(event, WatchEvent.class);
  }

  @Benchmark
  public JsonNode readTree() throws JsonProcessingException {
    return mapper.readTree(event);
  }
}
