package dev.asyncjob.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.history.History.Ending;
import dev.asyncjob.history.History.Violation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a cluster apart, for its etcd is killed. */
class ObserverIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static Cluster cluster;

  private TestNamespace namespace;

  @BeforeAll
  static void start() {
    cluster = Cluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void aNamespace() {
    namespace = cluster.newNamespace("observer");
  }

  @AfterEach
  void noJobs() {
    namespace.kubectl().get("delete", "aj", "--all");
  }

  @Test
  void aJobThatGoesItsWayBreaksNoRule() throws Exception {
    try (var observer = startObserver();
        var operator = namespace.startOperator(Map.of())) {
      operator.awaitReady();
      var begin = Instant.now();
      apply("clean", "{queuedDuration: 1s, inProgressDuration: 1s}");
      awaitFinished("clean");
      assertThat(observer.caughtUp(LIMIT)).isTrue();

      var history = observer.history();
      assertThat(violations(history)).isEmpty();
      assertThat(history.jobs()).isEqualTo(1);
      assertThat(history.transitions()).isEqualTo(3);
      assertThat(history.unfinished(Instant.MAX)).isZero();
      assertThat(history.jobsAlive(begin, Instant.now())).isEqualTo(1);
      assertThat(history.longestLateness(begin, Instant.now())).isPresent();
      assertThat(history.firstOnTimeAfter(begin)).isPresent();
      assertThat(history.story(uid("clean"), ending()).lines()).hasSize(4);
    }
  }

  @Test
  void aStatusOfNobodyKnownIsTakenForTheOperators() throws Exception {
    try (var observer = startObserver()) {
      apply("forged", "{queuedDuration: 1h}");
      writeStatus("forged", "somebody", "{\"runtimeStatus\": \"Completed\"}");
      assertThat(observer.caughtUp(LIMIT)).isTrue();

      assertThat(violations(observer.history()))
          .singleElement()
          .extracting(Violation::text)
          .asString()
          .contains("[observedGeneration]");
    }
  }

  /**
   * The server stores a job without a status, and the default with the first change of anything.
   */
  @Test
  void theDefaultOfAStatusIsNobodysWrite() throws Exception {
    try (var observer = startObserver()) {
      apply("unseen", "{suspend: true}");
      namespace.kubectl().get("label", "aj", "unseen", "edited=by-a-user");
      assertThat(observer.caughtUp(LIMIT)).isTrue();

      assertThat(violations(observer.history())).isEmpty();
      assertThat(observer.history().story(uid("unseen"), ending()).lines())
          .hasSize(2)
          .allMatch(line -> line.contains(" user: "));
    }
  }

  @Test
  void aForeignerIsKnownByTheFieldManager() throws Exception {
    try (var observer = startObserver()) {
      apply("foreign", "{suspend: true}");
      writeStatus("foreign", "foreign-1", "{\"runtimeStatus\": \"Completed\"}");
      assertThat(observer.caughtUp(LIMIT)).isTrue();

      assertThat(violations(observer.history())).isEmpty();
      assertThat(observer.history().story(uid("foreign"), ending())).contains("foreign-1: ");
    }
  }

  @Test
  void nothingIsMissedWhileTheApiServerIsAwayAndEtcdIsKilled() throws Exception {
    try (var observer = startObserver()) {
      var history = observer.history();
      var controlPlane = cluster.controlPlane();
      apply("before", "{suspend: true}");
      var uid = uid("before");
      controlPlane.apiServer().kill();
      controlPlane.etcd().kill();
      controlPlane.etcd().start();
      controlPlane.apiServer().start();
      controlPlane.awaitReady();
      Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> uid("before").equals(uid));
      apply("before", "{suspend: false}");
      apply("before", "{suspend: true}");
      namespace.kubectl().get("delete", "aj", "before");
      assertThat(observer.caughtUp(LIMIT)).isTrue();

      assertThat(observer.gaps()).isZero();
      assertThat(history.story(uid, ending()).lines()).hasSize(4);
      assertThat(violations(history))
          .extracting(Violation::text)
          .singleElement()
          .asString()
          .contains("[deleted by no user, so finished]");
      history.deleting(uid);
      assertThat(violations(history)).isEmpty();
    }
  }

  /** The observer stands still while its watch breaks and what it has yet to see is compacted. */
  @Test
  void whatWasCompactedBeforeItWasSeenIsAGap() throws Exception {
    var clock = new StandingClock();
    try (var observer = Observer.start(cluster.controlPlane(), clock)) {
      clock.stop();
      apply("compacted", "{suspend: true}");
      clock.awaitReader();
      cluster.controlPlane().etcd().kill();
      cluster.controlPlane().etcd().start();
      cluster.controlPlane().awaitReady();
      apply("compacted", "{suspend: false}");
      apply("compacted", "{suspend: true}");
      cluster.controlPlane().newEtcdClient().compact();
      clock.goOn();
      assertThat(observer.caughtUp(LIMIT)).isTrue();

      assertThat(observer.gaps()).isEqualTo(1);
      assertThat(observer.history().story(uid("compacted"), ending()).lines())
          .hasSize(2)
          .last()
          .asString()
          .contains("unknown: generation 3 ");
      assertThat(violations(observer.history())).isEmpty();
    }
  }

  /** Whoever asks for the time waits while it stands. */
  private static final class StandingClock extends Clock {
    private final CountDownLatch reader = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private volatile boolean stands;

    void stop() {
      stands = true;
    }

    void awaitReader() throws InterruptedException {
      assertThat(reader.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    void goOn() {
      stands = false;
      goesOn.countDown();
    }

    @Override
    public Instant instant() {
      if (stands) {
        reader.countDown();
        try {
          goesOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return Instant.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static Observer startObserver() {
    return Observer.start(cluster.controlPlane(), Clock.systemUTC());
  }

  private static List<Violation> violations(History history) {
    return history.violations(ending());
  }

  /** Without a word on whether jobs get on. */
  private static Ending ending() {
    return new Ending(List.of(), Instant.EPOCH, Optional.empty());
  }

  private void apply(String name, String spec) {
    namespace
        .kubectl()
        .apply(
            "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: %s}, spec: %s}"
                .formatted(name, spec));
  }

  private void awaitFinished(String name) {
    namespace.kubectl().get("wait", "aj", name, "--for=condition=Finished", "--timeout=60s");
  }

  private void writeStatus(String name, String manager, String status) {
    namespace
        .kubectl()
        .get(
            "patch",
            "aj",
            name,
            "--subresource=status",
            "--type=merge",
            "--field-manager=" + manager,
            "--patch={\"status\": " + status + "}");
  }

  private String uid(String name) {
    return namespace.kubectl().get("get", "aj", name, "-o=jsonpath={.metadata.uid}");
  }
}
