/** For those who run the operator: liveness, readiness and metrics, on a port of their own. */
@NullMarked
package dev.asyncjob.ops;

import org.jspecify.annotations.NullMarked;
