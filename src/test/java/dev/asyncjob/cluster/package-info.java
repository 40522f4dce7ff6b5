/**
 * A real API server for development and tests: etcd and kube-apiserver as child processes of this
 * JVM.
 *
 * <p>{@link dev.asyncjob.cluster.BinarySearch} finds or builds the programs, {@link
 * dev.asyncjob.cluster.ControlPlane} runs them, {@link dev.asyncjob.cluster.ClusterExtension}
 * shares one control plane among all tests, {@link dev.asyncjob.cluster.LocalCluster} is {@code mvn
 * -Plocal}. Every child is started by {@link dev.asyncjob.cluster.ChildProcess}, so nothing
 * outlives the JVM, not even after {@code kill -9}.
 */
@NullMarked
package dev.asyncjob.cluster;

import org.jspecify.annotations.NullMarked;
