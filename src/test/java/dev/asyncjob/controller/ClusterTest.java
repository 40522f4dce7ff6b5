package dev.asyncjob.controller;

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

  private static Object watched(String type, String apiVersion, String kind) {
    var event =
        """
        {"type": "%s", "object": {"apiVersion": "%s", "kind": "%s", "metadata": {}}}
        """
            .formatted(type, apiVersion, kind);
    return Cluster.serialization().unmarshal(event, WatchEvent.class).getObject();
  }
}
