package dev.asyncjob.faults;

import static dev.asyncjob.faults.Fault.Place.ApiServer;

import dev.asyncjob.cluster.ControlPlane;
import dev.asyncjob.faults.Fault.Breakage;
import dev.asyncjob.faults.Fault.Healing;
import dev.asyncjob.faults.Interference.Answer;
import dev.asyncjob.faults.Interference.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** What happens to the API server, and what it answers when it is not well. */
final class ApiServerFaults {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONGER_THAN_THE_LEASE = Duration.ofSeconds(8);
  private static final Duration STORM = Duration.ofSeconds(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

  /** Some requests pass: an operator that is refused all of them gives up its lease. */
  private static final double MOST = 0.7;

  private static final int SLOWEST_MILLIS = 2500;

  private final ControlPlane controlPlane;
  private final Gateway gateway;

  private ApiServerFaults(Stage stage) {
    controlPlane = stage.cluster().controlPlane();
    gateway = stage.gateway();
  }

  static List<Fault> on(Stage stage) {
    var faults = new ApiServerFaults(stage);
    return List.of(
        fault("kill -9", SHORT, faults::kill),
        fault("restart", Duration.ZERO, faults::restart),
        fault("SIGSTOP", LONGER_THAN_THE_LEASE, faults::pause),
        fault("429 with Retry-After", STORM, random -> faults.storm(429, "TooManyRequests")),
        fault("500", STORM, random -> faults.storm(500, "InternalError")),
        fault("503", STORM, random -> faults.storm(503, "ServiceUnavailable")),
        fault("503 to everything", LONGER_THAN_THE_LEASE, random -> faults.outage()),
        fault("409 to writes that have not conflicted", STORM, random -> faults.conflicts()),
        fault("answers that take seconds", STORM, random -> faults.slowness()),
        fault("answers lost after the write was done", STORM, random -> faults.lostAnswers()));
  }

  private static Fault fault(String what, Duration hold, Breakage breakage) {
    return new Fault(ApiServer, what, hold, breakage);
  }

  private Healing kill(Random random) {
    controlPlane.apiServer().kill();
    return this::start;
  }

  private Healing restart(Random random) {
    controlPlane.apiServer().terminate(STOP_LIMIT);
    return this::start;
  }

  private void start() {
    controlPlane.apiServer().start();
    controlPlane.awaitReady();
  }

  private Healing pause(Random random) {
    controlPlane.apiServer().pause();
    return controlPlane.apiServer()::resume;
  }

  private Healing storm(int status, String reason) {
    var after = status == 429 ? Optional.of(Duration.ofSeconds(1)) : Optional.<Duration>empty();
    return answers(request -> happens(MOST), new Answer(status, reason, after));
  }

  private Healing outage() {
    return answers(request -> true, new Answer(503, "ServiceUnavailable", Optional.empty()));
  }

  private Healing conflicts() {
    return answers(
        request -> request.isWrite() && request.isOfJobs() && happens(MOST),
        new Answer(409, "Conflict", Optional.empty()));
  }

  private Healing answers(Predicate<Request> whether, Answer answer) {
    return gateway.interfere(
        new Interference() {
          @Override
          public Optional<Answer> answer(Request request) {
            return whether.test(request) ? Optional.of(answer) : Optional.empty();
          }
        });
  }

  private Healing slowness() {
    return gateway.interfere(
        new Interference() {
          @Override
          public Duration delay(Request request) {
            return Duration.ofMillis(ThreadLocalRandom.current().nextInt(SLOWEST_MILLIS));
          }
        });
  }

  private Healing lostAnswers() {
    return gateway.interfere(
        new Interference() {
          @Override
          public boolean losesAnswer(Request request) {
            return request.isWrite() && happens(MOST);
          }
        });
  }

  /** Requests come in an order that no seed decides. */
  private static boolean happens(double probability) {
    return ThreadLocalRandom.current().nextDouble() < probability;
  }
}
