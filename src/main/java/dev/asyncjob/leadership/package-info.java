/**
 * Which of several operators writes: an election by a Lease. It knows nothing of jobs. {@link
 * dev.asyncjob.leadership.Leadership} is what the writers ask.
 */
@NullMarked
package dev.asyncjob.leadership;

import org.jspecify.annotations.NullMarked;
