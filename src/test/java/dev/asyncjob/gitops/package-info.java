/** Jobs as Argo CD, Flux, Helm and kubectl see them. */
package dev.asyncjob.gitops;
