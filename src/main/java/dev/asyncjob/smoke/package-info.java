/** A program of its own in the same jar: what {@code helm test} runs in a Pod without a shell. */
@NullMarked
package dev.asyncjob.smoke;

import org.jspecify.annotations.NullMarked;
