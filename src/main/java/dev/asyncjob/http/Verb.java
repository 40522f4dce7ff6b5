package dev.asyncjob.http;

/** What a request does to jobs, in the words of Kubernetes authorization. */
enum Verb {
  get,
  list,
  create,
  patch,
  delete
}
