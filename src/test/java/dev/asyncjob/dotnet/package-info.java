/** What .NET reads, as tables. */
@NullMarked
package dev.asyncjob.dotnet;

import org.jspecify.annotations.NullMarked;
