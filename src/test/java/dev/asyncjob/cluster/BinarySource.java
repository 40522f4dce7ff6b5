package dev.asyncjob.cluster;

import java.util.List;

/** A way to get programs that this machine does not have yet. */
interface BinarySource {

  /**
   * Puts the programs into the folder, each complete or not at all.
   *
   * @throws BinarySourceException when this way is closed; the next one is tried
   */
  void fetch(List<Binary> programs, Binaries into) throws BinarySourceException;
}
