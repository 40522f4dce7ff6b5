package dev.asyncjob.leadership;

/**
 * What a process stands for election with.
 *
 * @param namespace of the Lease
 * @param name of the Lease
 * @param identity of this process; never used before, or it would take a lease of its past for its
 *     own
 */
public record Candidacy(String namespace, String name, String identity) {}
