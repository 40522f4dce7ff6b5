package dev.asyncjob.lifecycle;

import java.time.Duration;
import java.util.Optional;

/**
 * What a job gets that does not say otherwise. The durations count when an attempt is accepted; the
 * time to live counts for every finished job without its own, at any time.
 */
public record Defaults(
    Duration queuedDuration, Duration inProgressDuration, Optional<Duration> timeToLive) {}
