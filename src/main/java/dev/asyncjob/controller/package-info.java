/**
 * The lifecycle at work on a cluster: jobs are watched, the lifecycle is asked, its answer is
 * written, and the next look is scheduled. I/O and nothing else; every rule stands in the
 * lifecycle.
 */
@NullMarked
package dev.asyncjob.controller;

import org.jspecify.annotations.NullMarked;
