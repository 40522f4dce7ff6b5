/** The program's start; the parts are in the packages below. */
@NullMarked
package dev.asyncjob;

import org.jspecify.annotations.NullMarked;
