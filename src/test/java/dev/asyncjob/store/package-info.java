/** What the store promises of ids and pages. */
@NullMarked
package dev.asyncjob.store;

import org.jspecify.annotations.NullMarked;
