/** Holds the documents to what the program is. */
@NullMarked
package dev.asyncjob.docs;

import org.jspecify.annotations.NullMarked;
