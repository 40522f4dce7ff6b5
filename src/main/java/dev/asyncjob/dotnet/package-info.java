/**
 * Texts read as .NET reads them, because clients and settings of the original app were written for
 * it. Only what java.time and BigDecimal do not already do.
 */
@NullMarked
package dev.asyncjob.dotnet;

import org.jspecify.annotations.NullMarked;
