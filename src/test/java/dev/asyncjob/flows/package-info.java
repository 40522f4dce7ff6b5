/** What users do with jobs, by the real kubectl, on the real API server, with the real jar. */
package dev.asyncjob.flows;
