/** The container image, as {@code mvn -Pimage verify} builds it. */
@NullMarked
package dev.asyncjob.image;

import org.jspecify.annotations.NullMarked;
