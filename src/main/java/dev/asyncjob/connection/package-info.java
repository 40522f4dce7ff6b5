/**
 * The connection to the API server: how it is made, what is asked of it before the operator starts,
 * and why it failed, in a sentence. {@link dev.asyncjob.connection.Cluster} is the place to start.
 */
@NullMarked
package dev.asyncjob.connection;

import org.jspecify.annotations.NullMarked;
