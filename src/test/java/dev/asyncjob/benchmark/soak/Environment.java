package dev.asyncjob.benchmark.soak;

/** On what a soak has run. */
record Environment(String java, String javaOptions, String apiServer, int cores) {
  @Override
  public String toString() {
    return "%d cores, shared by all; kube-apiserver %s; Java %s, `%s`."
        .formatted(cores, apiServer, java, javaOptions);
  }
}
