package dev.asyncjob.benchmark.soak;

import java.util.Optional;

/** What is sampled; each has a panel in the picture. */
enum Figure {
  RESIDENT("resident memory, MiB"),
  HEAP("live heap, MiB"),
  THREADS("threads"),
  FILES("open file descriptors"),
  TIMERS("timers"),
  SERIES("series on /metrics"),
  JOBS("jobs in the API server"),
  COMPLETED("jobs completed"),
  WARNINGS("warnings and errors in the log");

  private final String title;

  Figure(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Empty for what grows by its nature. */
  Optional<Margin> margin() {
    return switch (this) {
      case RESIDENT, HEAP -> Optional.of(Margin.percent(5));
      case TIMERS, JOBS -> Optional.of(Margin.percent(10));
      case THREADS, SERIES -> Optional.of(Margin.absolute(5));
      case FILES -> Optional.of(Margin.absolute(10));
      case COMPLETED, WARNINGS -> Optional.empty();
    };
  }
}
