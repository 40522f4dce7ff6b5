/** A web server with limits, for the HTTP API and for the management port. */
@NullMarked
package dev.asyncjob.web;

import org.jspecify.annotations.NullMarked;
