/** How late, how large and how chatty the operator is, measured on a real API server. */
@NullMarked
package dev.asyncjob.benchmark;

import org.jspecify.annotations.NullMarked;
