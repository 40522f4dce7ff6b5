package dev.asyncjob.faults;

import dev.asyncjob.faults.Fault.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Which fault comes next: first one of each place, then each of the others, many of them two at a
 * time, then all again in another order.
 */
final class Plan {
  private static final double PAIRS = 0.4;

  /** What can be broken while something else is, without either's way to heal being lost. */
  private static final Set<Place> ADDED = EnumSet.of(Place.Operator, Place.Network, Place.Clock);

  private final List<Fault> faults;
  private final Random random;
  private final Deque<Fault> ahead = new ArrayDeque<>();
  private int oneOfEachPlace;

  Plan(List<Fault> faults, Random random) {
    this.faults = List.copyOf(faults);
    this.random = random;
    var left = shuffled();
    var places = EnumSet.noneOf(Place.class);
    for (var fault : left) {
      if (places.add(fault.place())) {
        ahead.add(fault);
      }
    }
    oneOfEachPlace = ahead.size();
    left.removeAll(ahead);
    ahead.addAll(left);
  }

  /** Whether a fault of each place has come. */
  boolean hasBrokenEveryPlace() {
    return oneOfEachPlace == 0;
  }

  /** One fault, or two that are to be there at the same time. */
  List<Fault> next() {
    if (ahead.isEmpty()) {
      ahead.addAll(shuffled());
    }
    var first = ahead.remove();
    if (oneOfEachPlace > 0) {
      oneOfEachPlace--;
      return List.of(first);
    }
    if (random.nextDouble() >= PAIRS) {
      return List.of(first);
    }
    return shuffled().stream()
        .filter(fault -> ADDED.contains(fault.place()) && fault.place() != first.place())
        .findFirst()
        .map(second -> List.of(first, second))
        .orElse(List.of(first));
  }

  private List<Fault> shuffled() {
    var all = new ArrayList<>(faults);
    Collections.shuffle(all, random);
    return all;
  }
}
