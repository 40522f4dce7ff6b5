package dev.asyncjob.leadership;

/** Whether this process is the one that writes. */
public interface Leadership {
  /** How sure it is. */
  enum State {
    /** This process writes. */
    Leader,
    /** It did, but could not renew its lease in time: another may have taken over. */
    Unsure,
    /** Another process writes. */
    Standby
  }

  /** Holds for the moment of the question. */
  State state();
}
