/** The HTTP API: its documents by themselves, and the contract case by case on a real cluster. */
@NullMarked
package dev.asyncjob.http;

import org.jspecify.annotations.NullMarked;
