package dev.asyncjob.controller;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Has the jobs on the agenda reconciled when their time has come, some at a time. */
final class Dispatcher {
  /** More in flight make the API server slower, not faster. */
  private static final int AT_A_TIME = 32;

  private final Agenda agenda;
  private final AsyncJobReconciler reconciler;
  private final Clock clock;
  private final Semaphore turns = new Semaphore(AT_A_TIME);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> daemon(task, "reconciler"));

  Dispatcher(Agenda agenda, AsyncJobReconciler reconciler, Clock clock) {
    this.agenda = agenda;
    this.reconciler = reconciler;
    this.clock = clock;
  }

  void start() {
    daemon(this::run, "dispatcher").start();
  }

  private void run() {
    try {
      while (true) {
        turns.acquire();
        var job = agenda.take(clock);
        threads.execute(() -> reconcile(job));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reconcile(String job) {
    try {
      var pass = reconciler.reconcile(job);
      if (pass instanceof Pass.Retry retry) {
        agenda.retry(job, clock.instant().plus(retry.pause()));
      } else if (pass instanceof Pass.Done done) {
        agenda.done(job, done.next());
      }
    } finally {
      turns.release();
    }
  }

  private static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
