package dev.asyncjob.history;

import java.util.Set;

/**
 * A version of a job as etcd has it.
 *
 * @param isStatusReadable whether a program can read the status
 * @param statusManagers who has ever written a part of the status that is still there
 */
record Version(StoredJob job, boolean isStatusReadable, Set<String> statusManagers) {

  /** The same version; what is equal in both takes memory once. */
  Version sharing(Version other) {
    return job.spec().equals(other.job.spec())
        ? new Version(
            new StoredJob(
                job.name(),
                job.uid(),
                job.resourceVersion(),
                job.generation(),
                other.job.spec(),
                job.isReadable(),
                job.status()),
            isStatusReadable,
            statusManagers.equals(other.statusManagers) ? other.statusManagers : statusManagers)
        : this;
  }
}
