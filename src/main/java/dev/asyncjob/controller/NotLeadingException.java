package dev.asyncjob.controller;

/** Nothing was sent, for another process may be the leader. */
final class NotLeadingException extends RuntimeException {
  private static final long serialVersionUID = 1;
}
