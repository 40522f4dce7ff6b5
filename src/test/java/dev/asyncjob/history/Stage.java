package dev.asyncjob.history;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.CustomStatus;

/** How far an attempt has come, suspended or not. */
enum Stage {
  WAITING,
  QUEUED,
  IN_PROGRESS,
  ENDED;

  static Stage of(AsyncJobStatus status) {
    if (status.isFinished()) {
      return ENDED;
    }
    if (status.customStatus() == null) {
      return WAITING;
    }
    return status.customStatus() == CustomStatus.Queued ? QUEUED : IN_PROGRESS;
  }
}
