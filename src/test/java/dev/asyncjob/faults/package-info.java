/**
 * Everything that can break, broken on purpose, one thing every few seconds, while users create and
 * change jobs: real etcd, kube-apiserver and operator processes, and between the operators and the
 * API server a {@link dev.asyncjob.faults.Line} and a {@link dev.asyncjob.faults.Gateway} that fail
 * as networks and servers do. {@code dev.asyncjob.history} judges what came of it.
 */
@NullMarked
package dev.asyncjob.faults;

import org.jspecify.annotations.NullMarked;
