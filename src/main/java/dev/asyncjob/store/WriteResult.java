package dev.asyncjob.store;

/** What became of a write. */
sealed interface WriteResult {
  /** It is there. */
  record Done() implements WriteResult {}

  /** Someone else was faster: the job came into being, changed or went since it was read. */
  record Lost() implements WriteResult {}

  /** The API server's rules forbid it for the job as it is. */
  record Refused(String why) implements WriteResult {}
}
