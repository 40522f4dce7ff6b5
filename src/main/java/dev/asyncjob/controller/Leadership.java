package dev.asyncjob.controller;

/** Whether this process is the one that writes. */
interface Leadership {
  /** How sure it is. */
  enum State {
    /** This process writes. */
    Leader,
    /** It did, but could not renew its lease in time: another may have taken over. */
    Unsure,
    /** Another process writes. */
    Standby
  }

  State state();
}
