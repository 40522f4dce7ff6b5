package dev.asyncjob.cluster;

/** Why a way to get the programs is closed; the message is for the reader of the terminal. */
final class BinarySourceException extends Exception {

  private static final long serialVersionUID = 1;

  BinarySourceException(String message) {
    super(message);
  }

  BinarySourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
