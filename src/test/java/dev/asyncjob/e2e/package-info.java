/**
 * The chart and the image in a real cluster, with kubectl and Helm as a user has them: {@code mvn
 * -Pe2e verify -De2e.image=REPOSITORY:TAG}, on the cluster that KUBECONFIG names.
 */
@NullMarked
package dev.asyncjob.e2e;

import org.jspecify.annotations.NullMarked;
