package dev.asyncjob.store;

import dev.asyncjob.resource.AsyncJob;
import java.util.function.Function;

/**
 * What is to be done about a job, judged from one version of it.
 *
 * @param <A> the answer that follows
 */
public sealed interface Decision<A> {
  /** Nothing is written. */
  record Answer<A>(A answer) implements Decision<A> {}

  /** A write that takes effect only on the version that was judged. */
  record Write<A>(Function<Jobs, WriteResult> write, A answer) implements Decision<A> {}

  static <A> Decision<A> answer(A answer) {
    return new Answer<>(answer);
  }

  static <A> Decision<A> create(AsyncJob job, A answer) {
    return new Write<>(jobs -> jobs.create(job), answer);
  }

  static <A> Decision<A> patch(AsyncJob read, JobPatch patch, A answer) {
    return new Write<>(jobs -> jobs.patch(read, patch), answer);
  }

  static <A> Decision<A> delete(AsyncJob read, A answer) {
    return new Write<>(jobs -> jobs.delete(read), answer);
  }
}
