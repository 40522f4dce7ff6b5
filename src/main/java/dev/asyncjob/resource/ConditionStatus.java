package dev.asyncjob.resource;

/** The three values of a Kubernetes condition; spelled as on the wire. */
public enum ConditionStatus {
  True,
  False,
  Unknown
}
