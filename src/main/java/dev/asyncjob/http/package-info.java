/**
 * The HTTP API: what a client of the original AsyncJob app and of Azure Durable Functions sees (the
 * contract is docs/http.md). It is a client of the resource and nothing more: it creates jobs,
 * edits their spec and deletes them. {@link dev.asyncjob.http.HttpApi} holds the routes.
 */
@NullMarked
package dev.asyncjob.http;

import org.jspecify.annotations.NullMarked;
