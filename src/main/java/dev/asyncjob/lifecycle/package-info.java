/**
 * The rules of a job: what it becomes, and when to look again. Pure: no clock, no client, no
 * logging; it depends on the resource alone. {@link dev.asyncjob.lifecycle.Lifecycle} is the place
 * to start.
 */
@NullMarked
package dev.asyncjob.lifecycle;

import org.jspecify.annotations.NullMarked;
