/** What can be set from outside: options and environment variables, their defaults and limits. */
@NullMarked
package dev.asyncjob.settings;

import org.jspecify.annotations.NullMarked;
