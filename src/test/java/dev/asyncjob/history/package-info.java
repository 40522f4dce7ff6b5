/**
 * What a run of jobs left behind, and what must hold in it, whatever went wrong: {@link
 * dev.asyncjob.history.Invariants} judges each {@link dev.asyncjob.history.Change} by the recorded
 * versions alone, without the lifecycle. The simulation hands it the changes of a model; {@link
 * dev.asyncjob.history.Observer} records those of a real etcd in a {@link
 * dev.asyncjob.history.History}.
 */
@NullMarked
package dev.asyncjob.history;

import org.jspecify.annotations.NullMarked;
