/**
 * The AsyncJob resource as users write it and the API server stores it: records and enums that
 * carry the schema, the descriptions and the admission rules, and no behaviour. The custom resource
 * definition under {@code crds/} is generated from here.
 */
@NullMarked
package dev.asyncjob.resource;

import org.jspecify.annotations.NullMarked;
