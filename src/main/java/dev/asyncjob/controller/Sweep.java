package dev.asyncjob.controller;

import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once a minute, puts on the agenda what is not there though something is to be done for it: what
 * was lost by a mistake, and what may have been repaired without a change of the job.
 */
final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final List<JobStore> stores;
  private final Runnable onSweep;
  private final Timer timer = new Timer("sweep", true);

  Sweep(List<JobStore> stores, Runnable onSweep) {
    this.stores = stores;
    this.onSweep = onSweep;
  }

  void start() {
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            try {
              sweep();
            } catch (RuntimeException e) {
              LOG.error("the sweep failed and runs again in a minute", e); // Else the timer ends.
            }
          }
        },
        INTERVAL.toMillis(),
        INTERVAL.toMillis());
  }

  private void sweep() {
    stores.forEach(JobStore::planUnplanned);
    onSweep.run();
  }
}
