package dev.asyncjob.store;

import dev.asyncjob.resource.AsyncJob;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * The ids of some jobs of a list, in order.
 *
 * @param isLast whether no job follows
 */
public record JobPage(List<InstanceId> ids, boolean isLast) {

  /**
   * The first ids of a stream of jobs in any order. None of the jobs is held: a page of large ones
   * may be more than there is memory.
   */
  static JobPage of(Stream<AsyncJob> jobs, int size) {
    var first = new PriorityQueue<InstanceId>(Comparator.reverseOrder());
    jobs.map(InstanceId::of)
        .forEach(
            id -> {
              first.add(id);
              if (first.size() > size + 1) {
                first.remove();
              }
            });
    return new JobPage(first.stream().sorted().limit(size).toList(), first.size() <= size);
  }
}
