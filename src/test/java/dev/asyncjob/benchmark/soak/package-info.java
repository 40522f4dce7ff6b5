/** Whether an operator that runs for hours takes more of anything than at the beginning. */
@NullMarked
package dev.asyncjob.benchmark.soak;

import org.jspecify.annotations.NullMarked;
