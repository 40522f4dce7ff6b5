/**
 * The jobs as the HTTP API reads and writes them: which resource an instance id means, reads from
 * the cache or from the API server, and writes that are locked on what was read. {@link
 * dev.asyncjob.store.Jobs} is the place to start. Knows nothing of HTTP.
 */
@NullMarked
package dev.asyncjob.store;

import org.jspecify.annotations.NullMarked;
