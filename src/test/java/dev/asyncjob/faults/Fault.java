package dev.asyncjob.faults;

import java.time.Duration;
import java.util.Random;

/**
 * One way to break something.
 *
 * @param place what is broken: faults of one place are a group
 * @param what what happens to it
 * @param hold how long at least it stays broken; up to half as long again
 */
record Fault(Place place, String what, Duration hold, Breakage breakage) {
  /** In the order of the table in the documentation. */
  enum Place {
    Operator("operator"),
    ApiServer("API server"),
    Watch("watch"),
    Etcd("etcd"),
    Network("network"),
    Clock("clock"),
    Objects("objects");

    final String text;

    Place(String text) {
      this.text = text;
    }
  }

  /** Breaks it. */
  interface Breakage {
    Healing breakIt(Random random) throws Exception;
  }

  /** Makes it whole again. */
  interface Healing {
    /** Nothing is left to heal. */
    Healing NONE = () -> {};

    void heal() throws Exception;
  }

  /** As the table in the documentation has it. */
  String kind() {
    return place.text + ": " + what;
  }

  Duration hold(Random random) {
    return hold.plusMillis(random.nextLong(hold.toMillis() / 2 + 1));
  }
}
