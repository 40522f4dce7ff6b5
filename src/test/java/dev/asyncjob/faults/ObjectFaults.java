package dev.asyncjob.faults;

import static dev.asyncjob.faults.Fault.Place.Objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.asyncjob.cluster.Project;
import dev.asyncjob.faults.Fault.Healing;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What is wrong with the jobs themselves, or with their definition. */
final class ObjectFaults {
  private static final Duration AWHILE = Duration.ofSeconds(4);
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Of more than ten field managers the API server makes one. */
  private static final int FOREIGN_WRITES = 6;

  private static final String CRD = "crds/asyncjobs.asyncjob.dev-v1.yml";

  private final Stage stage;
  private final AtomicInteger count = new AtomicInteger();

  private ObjectFaults(Stage stage) {
    this.stage = stage;
  }

  static List<Fault> on(Stage stage) {
    var faults = new ObjectFaults(stage);
    return List.of(
        new Fault(Objects, "specs at every limit", AWHILE, faults::limits),
        new Fault(Objects, "a spec that cannot be read", AWHILE, faults::unreadable),
        new Fault(Objects, "fields that nobody knows", AWHILE, faults::unknownFields),
        new Fault(Objects, "definition upgraded and rolled back", AWHILE, faults::upgrade),
        new Fault(Objects, "namespace deleted", Duration.ZERO, faults::deleteNamespace),
        new Fault(Objects, "a foreign writer of statuses", AWHILE, faults::foreignWriter));
  }

  private Healing limits(Random random) {
    var specs =
        List.of(
            "{}",
            "{\"queuedDuration\": \"0s\", \"inProgressDuration\": \"0ms\"}",
            "{\"queuedDuration\": \"99999h99999m99999s99999ms\"}",
            "{\"queuedDuration\": \"00000h00001m00000s00000ms\", \"jitterPercent\": 100}",
            "{\"notBeforeTime\": \"2199-12-31T23:59:59.999999999Z\"}",
            "{\"notBeforeTime\": \"0001-01-01T00:00:00+17:59\"}",
            "{\"thirdPartyJobId\": \"%s\", \"queuedDuration\": \"1s\"}"
                .formatted("\u00fc".repeat(128)),
            "{\"ttlSecondsAfterFinished\": 2147483647}",
            "{\"ttlSecondsAfterFinished\": 0, \"restartNonce\": 9007199254740991}",
            "{\"termination\": {\"reason\": \"%s\"}}".formatted("\u4f60".repeat(1024)),
            """
            {"outcome": {"failurePercent": 100, "reason": "%s", "message": "%s"}}"""
                .formatted("R".repeat(64), "\ud83d\ude00".repeat(512)),
            "{\"outcome\": {\"output\": \"%s\"}}".formatted("x".repeat((16 << 10) - 2)),
            "{\"outcome\": {\"output\": \"%s\"}}".formatted("x".repeat((16 << 10) - 1)),
            "{\"outcome\": {\"output\": %s}}".formatted("[".repeat(900) + "]".repeat(900)),
            "{\"outcome\": {\"output\": {\"n\": 12345678901234567890123, \"d\": 1e308}}}");
    var created = new ArrayList<Jobs.Created>();
    for (var spec : specs) {
      created.add(stage.jobs().create(namespace(random), name("limit"), spec));
    }
    return () -> created.forEach(this::delete);
  }

  private Healing unreadable(Random random) throws IOException, InterruptedException {
    var job = stage.jobs().create(namespace(random), name("unreadable"), "{}");
    storeUnchecked(
        job,
        stored -> {
          var metadata = (ObjectNode) stored.get("metadata");
          metadata.put("generation", metadata.get("generation").asLong() + 1);
          ((ObjectNode) stored.get("spec")).put("queuedDuration", 5).put("suspend", "perhaps");
        });
    return () ->
        Retried.until(
            LIMIT,
            () -> stage.jobs().edit(job, "{\"queuedDuration\": \"1s\", \"suspend\": false}"));
  }

  private Healing unknownFields(Random random) throws IOException, InterruptedException {
    var job =
        stage.jobs().create(namespace(random), name("unknown"), "{\"queuedDuration\": \"3s\"}");
    storeUnchecked(
        job,
        stored -> {
          ((ObjectNode) stored.get("spec")).putObject("ofTomorrow").put("deep", true);
          stored.putArray("alsoNew").add(1);
        });
    return () -> delete(job);
  }

  /** Past the API server, as by one that had another definition. */
  private void storeUnchecked(Jobs.Created job, Consumer<ObjectNode> edit)
      throws IOException, InterruptedException {
    var key = "/registry/asyncjob.dev/asyncjobs/%s/%s".formatted(job.namespace(), job.name());
    boolean stored;
    do {
      var edited = (ObjectNode) stage.jobs().get(job.namespace(), job.name());
      var version = ((ObjectNode) edited.get("metadata")).remove("resourceVersion").asLong();
      edit.accept(edited);
      stored = stage.etcd().replace(key, version, edited.toString());
    } while (!stored);
  }

  /**
   * Another version of it with a field, and back: the API server serves all jobs anew each time.
   */
  private Healing upgrade(Random random) throws IOException {
    var today = Files.readString(Project.path(CRD));
    var tomorrow =
        today.replaceFirst(
            "(?m)^(\\s+)queuedDuration:$",
            "$1ofTomorrow:\n$1  description: \"New.\"\n$1  maxLength: 9\n$1  type: \"string\"\n$0");
    if (tomorrow.equals(today)) {
      throw new IllegalStateException("no spec found in " + CRD);
    }
    stage.cluster().kubectl().apply(tomorrow);
    return () -> stage.cluster().kubectl().apply(today);
  }

  /** There is no controller that would empty it: that is done here, in its order. */
  private Healing deleteNamespace(Random random) {
    var name = name("deleted");
    var client = stage.client();
    client
        .namespaces()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    for (var i = 0; i < 5; i++) {
      stage
          .jobs()
          .create(
              name, "job-" + i, "{\"queuedDuration\": \"%dms\"}".formatted(random.nextInt(2000)));
    }
    client.namespaces().withName(name).delete();
    Retried.until(LIMIT, () -> stage.jobs().deleteAll(name));
    var namespace = client.namespaces().withName(name).get();
    namespace.getSpec().setFinalizers(List.of());
    client.raw("/api/v1/namespaces/" + name + "/finalize", "PUT", namespace);
    return Healing.NONE;
  }

  private Healing foreignWriter(Random random) {
    var job =
        stage
            .jobs()
            .create(
                namespace(random),
                name("foreign"),
                "{\"queuedDuration\": \"2s\", \"inProgressDuration\": \"2s\"}");
    var writes =
        List.of(
            "{\"message\": \"somebody was here\"}",
            "{\"customStatus\": \"InProgress\"}",
            "{\"nextTransitionTime\": null}",
            "{\"nextTransitionTime\": \"%s\"}".formatted(Instant.now().minusSeconds(3600)),
            "{\"phases\": null}",
            "{\"conditions\": null}",
            "{\"observedGeneration\": 0}");
    for (var i = 0; i < FOREIGN_WRITES; i++) {
      var write = writes.get(random.nextInt(writes.size()));
      stage.jobs().editStatus(job, write, "foreign-" + count.incrementAndGet());
    }
    return () -> delete(job);
  }

  private void delete(Jobs.Created job) {
    Retried.until(LIMIT, () -> stage.jobs().delete(job));
  }

  private String namespace(Random random) {
    return stage.namespaces().get(random.nextInt(stage.namespaces().size()));
  }

  private String name(String kind) {
    return kind + "-" + count.incrementAndGet();
  }
}
