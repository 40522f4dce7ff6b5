package dev.asyncjob.store;

import dev.asyncjob.resource.AsyncJob;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Some jobs of a list in the order of their ids.
 *
 * @param isLast whether no job follows
 */
public record JobPage(List<AsyncJob> jobs, boolean isLast) {

  /**
   * The first jobs of a stream in any order; of the rest no more than a reference is looked at, so
   * a page costs little memory however long the list is.
   */
  static JobPage of(Stream<AsyncJob> jobs, int size) {
    var order = Comparator.comparing((Entry entry) -> entry.id);
    var first = new PriorityQueue<Entry>(order.reversed());
    jobs.map(job -> new Entry(InstanceId.of(job), job))
        .forEach(
            entry -> {
              first.add(entry);
              if (first.size() > size + 1) {
                first.remove();
              }
            });
    var isLast = first.size() <= size;
    return new JobPage(first.stream().sorted(order).limit(size).map(e -> e.job).toList(), isLast);
  }

  private record Entry(InstanceId id, AsyncJob job) {}
}
