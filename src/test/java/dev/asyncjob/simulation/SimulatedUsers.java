package dev.asyncjob.simulation;

import dev.asyncjob.lifecycle.SpecBuilder;
import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.SuspendPolicy;
import java.time.Instant;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Users who do, at any moment, anything that the API server lets them do. */
final class SimulatedUsers {
  private static final String USER = "user";
  private static final String TOO_LARGE = "\"" + "x".repeat(20_000) + "\"";

  private final World world;
  private final Random random;

  SimulatedUsers(World world) {
    this.world = world;
    this.random = world.random;
  }

  void plan() {
    int jobs = 1 + random.nextInt(2);
    for (int n = 0; n < jobs; n++) {
      var name = "job-" + n;
      world.after(random.nextInt(20_000), () -> create(name));
      int actions = random.nextInt(3) == 0 ? 0 : random.nextInt(16);
      for (int i = 0; i < actions; i++) {
        world.after(random.nextInt((int) World.TROUBLE.toMillis()), () -> act(name));
      }
      // In the end, most come back to what they left.
      if (random.nextInt(10) > 0) {
        world.after(World.TROUBLE.toMillis(), () -> world.server.makeReadable(USER, name, true));
      }
      if (random.nextInt(10) > 0) {
        world.after(World.TROUBLE.toMillis() + 1, () -> edit(name, spec -> spec.suspend(null)));
      }
    }
  }

  private void create(String name) {
    world.server.create(USER, name, anySpec());
  }

  private AsyncJobSpec anySpec() {
    var spec = new SpecBuilder().queued(length()).inProgress(length());
    if (random.nextInt(4) == 0) {
      spec.jitterPercent(random.nextInt(101));
    }
    if (random.nextInt(4) == 0) {
      spec.notBefore(moment());
    }
    if (random.nextInt(8) == 0) {
      spec.suspend(true);
    }
    if (random.nextInt(3) == 0) {
      spec.suspendPolicy(policy());
    }
    if (random.nextInt(4) == 0) {
      spec.timeToLive(timeToLive());
    }
    if (random.nextInt(3) == 0) {
      outcome(spec);
    }
    return spec.build();
  }

  private void act(String name) {
    switch (random.nextInt(22)) {
      case 0, 1, 2 -> edit(name, spec -> spec.queued(length()));
      case 3, 4, 5 -> edit(name, spec -> spec.inProgress(length()));
      case 6, 7, 8 -> edit(name, spec -> spec.suspend(true));
      case 9, 10, 11 -> edit(name, spec -> spec.suspend(random.nextBoolean() ? null : false));
      case 12 -> edit(name, spec -> spec.suspendPolicy(policy()));
      case 13 -> edit(name, spec -> spec.notBefore(random.nextBoolean() ? null : moment()));
      case 14 -> edit(name, spec -> spec.timeToLive(timeToLive()).jitterPercent(null));
      case 15 -> edit(name, this::outcome);
      case 16 -> edit(name, spec -> spec.terminated("enough"));
      case 17, 18 -> restart(name);
      case 19 -> world.server.makeReadable(USER, name, false);
      case 20 -> world.server.makeReadable(USER, name, true);
      default -> {
        world.server.delete(USER, name);
        world.after(random.nextInt(3_000), () -> create(name));
      }
    }
  }

  private void restart(String name) {
    edit(
        name,
        spec -> {
          spec.restarted().queued(length());
          if (random.nextInt(4) == 0) {
            spec.suspend(true);
          }
        });
  }

  private void edit(String name, Consumer<SpecBuilder> edit) {
    world.server.edit(USER, name, edit);
  }

  private void outcome(SpecBuilder spec) {
    switch (random.nextInt(4)) {
      case 0 -> spec.noOutcome();
      case 1 -> spec.failurePercent(50);
      case 2 -> spec.output("{\"rows\":42}");
      default -> spec.output(random.nextInt(4) == 0 ? TOO_LARGE : "[]").failurePercent(0);
    }
  }

  private @Nullable String length() {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> "0s";
      case 2 -> random.nextInt(90_000) + "ms";
      default -> random.nextInt(40) + "s";
    };
  }

  private Instant moment() {
    return World.BEGIN.plusMillis(world.now() + random.nextInt(120_000) - 20_000);
  }

  private SuspendPolicy policy() {
    return random.nextBoolean() ? SuspendPolicy.Freeze : SuspendPolicy.Continue;
  }

  private @Nullable Integer timeToLive() {
    return random.nextInt(4) == 0 ? null : random.nextInt(60);
  }
}
