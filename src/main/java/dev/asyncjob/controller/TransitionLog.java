package dev.asyncjob.controller;

import dev.asyncjob.lifecycle.Transition;
import dev.asyncjob.resource.AsyncJob;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each transition: what people follow. */
final class TransitionLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.asyncjob.transition");

  private TransitionLog() {}

  static void log(AsyncJob job, Transition transition) {
    var name = job.getMetadata().getNamespace() + "/" + job.getMetadata().getName();
    var id = Objects.requireNonNullElse(job.getStatus().thirdPartyJobId(), "-");
    var line =
        LOG.atInfo()
            .addKeyValue("job", name)
            .addKeyValue("thirdPartyJobId", id)
            .addKeyValue("from", transition.from())
            .addKeyValue("to", transition.to());
    var lateness = transition.lateness();
    if (lateness.isPresent()) {
      var millis = lateness.get().toMillis();
      line.addKeyValue("latenessMs", millis)
          .log(
              "job {} ({}) {} -> {}, {} ms late",
              name,
              id,
              transition.from(),
              transition.to(),
              millis);
    } else {
      line.log("job {} ({}) {} -> {}", name, id, transition.from(), transition.to());
    }
  }
}
