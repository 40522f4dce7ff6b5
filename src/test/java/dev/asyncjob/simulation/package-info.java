/**
 * Random histories of jobs, over a model of the API server with optimistic locking: operators with
 * stale caches and wrong clocks that crash between any two steps, users that edit at any moment,
 * events that come late, twice or never. {@link dev.asyncjob.history.Invariants} says what must
 * hold all the same; each history follows from its seed alone.
 */
@NullMarked
package dev.asyncjob.simulation;

import org.jspecify.annotations.NullMarked;
