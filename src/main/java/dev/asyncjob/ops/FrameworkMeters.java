package dev.asyncjob.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;

/**
 * Java Operator SDK's meters, made fit to be kept: the framework counts the retries in a label,
 * which grows without end in an outage, and has the controller, of which there is one for each
 * namespace, in the names of its gauges.
 */
final class FrameworkMeters implements MeterFilter {
  private static final String PREFIX = "operator.sdk.";
  private static final List<String> GAUGES =
      List.of(PREFIX + "reconciliations.executions.", PREFIX + "reconciliations.queue.size.");

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().startsWith(PREFIX)) {
      return id;
    }
    var tags =
        Tags.of(id.getTags().stream().filter(tag -> !tag.getKey().contains("retries")).toList());
    for (var gauge : GAUGES) {
      if (id.getName().startsWith(gauge)) {
        var controller = Tag.of("controller", id.getName().substring(gauge.length()));
        return described(id, gauge.substring(0, gauge.length() - 1), tags.and(controller));
      }
    }
    return described(id, id.getName(), tags);
  }

  private static Meter.Id described(Meter.Id id, String name, Tags tags) {
    return new Meter.Id(name, tags, id.getBaseUnit(), "Of Java Operator SDK", id.getType());
  }
}
