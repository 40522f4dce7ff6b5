package dev.asyncjob.faults;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.asyncjob.faults.Jobs.Created;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Users create jobs at a steady rate, whatever becomes of earlier ones, and do to them whatever
 * users do. What they want follows from the seed; what they get does not.
 */
final class Users implements AutoCloseable {
  /** How many wait for an answer at most: the others of an outage give up at once. */
  private static final int AT_A_TIME = 16;

  /** How many jobs they remember; they delete what is older, if it is still there. */
  private static final int KNOWN = 300;

  private static final double ACTIONS_PER_JOB = 0.7;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Something that a user does to a job. */
  private interface Action {
    void run(Created job, URI operator) throws IOException, InterruptedException;
  }

  private final Stage stage;
  private final Random random;
  private final Specs specs;
  private final double rate;
  private final HttpUser http = new HttpUser();
  private final Semaphore turns = new Semaphore(AT_A_TIME);
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
  private final List<Created> known = new ArrayList<>();
  private final List<String> lost = new CopyOnWriteArrayList<>();
  private final AtomicLong names = new AtomicLong();
  private final Thread thread = new Thread(this::run, "users");

  /** Begins at once. */
  Users(Stage stage, long seed, double jobsPerSecond) {
    this.stage = stage;
    this.random = new Random(seed);
    this.specs = new Specs(random);
    this.rate = jobsPerSecond;
    thread.setDaemon(true);
    thread.start();
  }

  /** Jobs that the HTTP API said were started, and that were not there. */
  List<String> lost() {
    return List.copyOf(lost);
  }

  private void run() {
    var next = System.nanoTime();
    try {
      while (true) {
        NANOSECONDS.sleep(next - System.nanoTime());
        next += (long) (-Math.log(1 - random.nextDouble()) * SECONDS.toNanos(1) / rate);
        create();
        if (random.nextDouble() < ACTIONS_PER_JOB) {
          act();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void create() {
    var number = names.incrementAndGet();
    if (random.nextInt(6) == 0) {
      var input =
          "{\"QueuedDuration\": %.3f, \"InProgressDuration\": %.3f}"
              .formatted(random.nextDouble() * 10, random.nextDouble() * 10);
      var operator = operator();
      attempt(() -> startByHttp(operator, "http-" + number, input));
    } else {
      var namespace = stage.namespaces().get(random.nextInt(stage.namespaces().size()));
      var spec = specs.any();
      attempt(() -> remember(stage.jobs().create(namespace, "job-" + number, spec)));
    }
  }

  private void startByHttp(URI operator, String id, String input)
      throws IOException, InterruptedException {
    if (http.start(operator, id, input)) {
      Retried.until(
          LIMIT,
          () -> {
            try {
              var job = stage.jobs().get(stage.home().name(), id);
              remember(stage.jobs().acknowledged(job));
            } catch (KubernetesClientException e) {
              if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
              }
              lost.add(id);
            }
          });
    }
  }

  private void remember(Created job) {
    Created oldest = null;
    synchronized (known) {
      known.add(job);
      if (known.size() > KNOWN) {
        oldest = known.remove(0);
      }
    }
    if (oldest != null) {
      stage.jobs().delete(oldest);
    }
  }

  private void act() {
    Created job;
    synchronized (known) {
      if (known.isEmpty()) {
        return;
      }
      // Rather a young one: the old ones have ended.
      var fromEnd = (int) (Math.abs(random.nextGaussian()) * 40);
      job = known.get(Math.max(0, known.size() - 1 - fromEnd));
    }
    var action = action();
    var operator = operator();
    attempt(() -> action.run(job, operator));
  }

  private Action action() {
    var jobs = stage.jobs();
    return switch (random.nextInt(20)) {
      case 0, 1 -> edit("{" + specs.duration("queuedDuration") + "}");
      case 2, 3 -> edit("{" + specs.duration("inProgressDuration") + "}");
      case 4, 5 -> edit("{\"suspend\": true}");
      case 6, 7, 8 -> edit("{\"suspend\": false}");
      case 9 -> edit("{\"termination\": {\"reason\": \"superseded\"}}");
      case 10, 11 -> (job, operator) -> restart(job);
      case 12 -> (job, operator) -> jobs.delete(job);
      case 13 -> edit("{\"ttlSecondsAfterFinished\": %d}".formatted(random.nextInt(30)));
      case 14 -> (job, operator) -> jobs.label(job, "yes");
      case 15 -> byHttp("terminate");
      case 16 -> byHttp(random.nextBoolean() ? "suspend" : "resume");
      case 17 -> byHttp(random.nextBoolean() ? "rewind" : "restart");
      case 18 ->
          (job, operator) -> {
            if (isReachableByHttp(job)) {
              stage.history().deleting(job.uid());
              http.purge(operator, job.name());
            }
          };
      default ->
          (job, operator) -> {
            http.query(operator, job.name());
            http.list(operator);
          };
    };
  }

  private Action edit(String fields) {
    return (job, operator) -> stage.jobs().edit(job, fields);
  }

  private Action byHttp(String action) {
    return (job, operator) -> {
      if (isReachableByHttp(job)) {
        http.act(operator, job.name(), action);
      }
    };
  }

  private boolean isReachableByHttp(Created job) {
    return job.namespace().equals(stage.home().name());
  }

  /** Refused unless it has ended. */
  private void restart(Created job) {
    var spec = stage.jobs().get(job.namespace(), job.name()).get("spec");
    stage
        .jobs()
        .edit(
            job,
            "{\"restartNonce\": %d, \"termination\": null}"
                .formatted(spec.path("restartNonce").asLong() + 1));
  }

  private URI operator() {
    return stage.operators().any(random).process().http();
  }

  private interface Attempt {
    void run() throws IOException, InterruptedException;
  }

  /** Once; users know that it may fail. */
  private void attempt(Attempt attempt) {
    if (!turns.tryAcquire()) {
      return;
    }
    threads.execute(
        () -> {
          try {
            attempt.run();
          } catch (KubernetesClientException | IOException e) {
            // Refused, or nobody there.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            turns.release();
          }
        });
  }

  /** Ends the load; what is still suspended goes on. */
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
    turns.acquire(AT_A_TIME);
    turns.release(AT_A_TIME);
    for (var job : List.copyOf(known)) {
      Retried.until(LIMIT, () -> resume(job));
    }
  }

  private void resume(Created job) {
    try {
      stage.jobs().edit(job, "{\"suspend\": false}");
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    threads.shutdownNow();
  }
}
