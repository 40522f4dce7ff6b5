/** Clients that other people wrote, against the program that users run and a real API server. */
@NullMarked
package dev.asyncjob.clients;

import org.jspecify.annotations.NullMarked;
