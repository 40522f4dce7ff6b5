package dev.asyncjob.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import org.junit.jupiter.api.Test;

class ClusterTest {
  @Test
  void aWatchBringsJobs() {
    assertThat(watched("ADDED", AsyncJob.GROUP + "/" + AsyncJob.VERSION, "AsyncJob"))
        .isInstanceOf(AsyncJob.class);
  }

  @Test
  void aWatchEndsWithAStatus() {
    assertThat(watched("ERROR", "v1", "Status")).isInstanceOf(Status.class);
  }

  /** As the API server writes it when it has forgotten the version to go on from. */
  @Test
  void theStatusSaysWhy() {
    var event =
        """
        {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},\
        "status":"Failure","message":"too old resource version: 1 (2)","reason":"Expired",\
        "code":410}}
        """;
    var read = Cluster.serialization().unmarshal(event, WatchEvent.class);

    assertThat(read.getType()).isEqualTo("ERROR");
    assertThat(read.getObject())
        .isInstanceOfSatisfying(
            Status.class, status -> assertThat(status.getCode()).isEqualTo(410));
  }

  private static Object watched(String type, String apiVersion, String kind) {
    var event =
        """
        {"type": "%s", "object": {"apiVersion": "%s", "kind": "%s", "metadata": {}}}
        """
            .formatted(type, apiVersion, kind);
    return Cluster.serialization().unmarshal(event, WatchEvent.class).getObject();
  }
}
