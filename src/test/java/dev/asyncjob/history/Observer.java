package dev.asyncjob.history;

import dev.asyncjob.cluster.ControlPlane;
import dev.asyncjob.cluster.EtcdClient;
import dev.asyncjob.cluster.EtcdWatch;
import dev.asyncjob.resource.AsyncJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Records every version of every job. It watches etcd itself, so that what befalls the API server,
 * its caches and its clients is not missed; a watch that etcd ends is resumed where it was.
 */
public final class Observer implements AutoCloseable {
  private static final String PREFIX = "/registry/%s/%s".formatted(AsyncJob.GROUP, AsyncJob.PLURAL);
  private static final String JOBS = PREFIX + "/";

  /** Within the range that is watched, and no key of the API server. */
  private static final String MARK = PREFIX + ".mark";

  private static final String END =
      PREFIX.substring(0, PREFIX.length() - 1) + (char) (PREFIX.charAt(PREFIX.length() - 1) + 1);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final EtcdClient etcd;
  private final Clock clock;
  private final History history;
  private final VersionReader reader = new VersionReader();
  private final Thread thread = new Thread(this::run, "observer");

  /** All up to here is in the history. */
  private long revision;

  private long gaps;
  private volatile boolean isRestored;
  private volatile boolean isClosed;
  private volatile @Nullable EtcdWatch open;
  private volatile @Nullable Exception failure;

  private Observer(EtcdClient etcd, Clock clock) {
    this.etcd = etcd;
    this.clock = clock;
    this.history = new History(clock);
  }

  /** Everything from now on is recorded. */
  public static Observer start(ControlPlane controlPlane, Clock clock) {
    var observer = new Observer(controlPlane.newEtcdClient(), clock);
    try {
      observer.list(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    observer.thread.setDaemon(true);
    observer.thread.start();
    return observer;
  }

  public History history() {
    return history;
  }

  /** How often versions were compacted before they were seen. */
  public synchronized long gaps() {
    return gaps;
  }

  /**
   * To be told while etcd is down, before it starts on older data: its revisions alone need not
   * show it.
   */
  public void etcdIsRestored() {
    isRestored = true;
  }

  /**
   * Waits until all that has been stored by now is in the history: until a mark has come that is
   * stored after it.
   *
   * @return false when that takes longer, as it does while etcd is down
   */
  public boolean caughtUp(Duration limit) throws InterruptedException {
    var end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      check();
      try {
        return awaitRevision(etcd.put(MARK, UUID.randomUUID().toString()), end);
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(
            PAUSE.toMillis()); // It is down or full, and will not always be.
      }
    }
    return false;
  }

  private synchronized boolean awaitRevision(long mark, long end) throws InterruptedException {
    while (revision < mark) {
      check();
      var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private void check() {
    if (failure != null) {
      throw new IllegalStateException("the observer has failed", failure);
    }
  }

  private void run() {
    try {
      while (!isClosed) {
        try {
          follow();
        } catch (IOException e) {
          TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis()); // etcd is down, or this is closed.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed.
    } catch (RuntimeException e) {
      synchronized (this) {
        failure = e;
        notifyAll();
      }
    }
  }

  private void follow() throws IOException, InterruptedException {
    try (var watch = etcd.watch(PREFIX, END, revision + 1)) {
      open = watch;
      while (!isClosed) {
        var answer = watch.next();
        if (isRestored || (answer.created() && answer.header().revision() < revision)) {
          history.beginsAnew();
          list(0);
          isRestored = false;
          return;
        }
        if (answer.compactRevision() > 0) {
          list(1);
          return;
        }
        if (answer.canceled()) {
          return;
        }
        record(answer);
      }
    }
  }

  private void record(EtcdWatch.Answer answer) throws IOException {
    var seen = clock.instant();
    for (var event : answer.events()) {
      var name = event.kv().name();
      if (name.startsWith(JOBS)) {
        if (event.isDeletion()) {
          history.deleted(seen, name.substring(JOBS.length()));
        } else {
          history.stored(seen, reader.read(event.kv()));
        }
      }
      reached(event.kv().modRevision());
    }
  }

  /** Takes what is there now for what was missed. */
  private void list(int newGaps) throws IOException, InterruptedException {
    var snapshot = etcd.range(JOBS, END);
    var seen = clock.instant();
    var versions = new ArrayList<Version>();
    for (var stored : snapshot.values()) {
      versions.add(reader.read(stored));
    }
    history.found(seen, versions);
    synchronized (this) {
      gaps += newGaps;
      reached(snapshot.revision());
    }
  }

  private synchronized void reached(long newRevision) {
    revision = newRevision;
    notifyAll();
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    try {
      var watch = open;
      if (watch != null) {
        watch.close(); // Its reader takes no notice of an interruption.
      }
      thread.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
