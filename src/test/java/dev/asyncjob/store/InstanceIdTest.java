package dev.asyncjob.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceIdTest {
  private static final String SUBDOMAIN =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  @ParameterizedTest
  @ValueSource(strings = {"job-gb4711", "0f8fad5bd9cb469fa16570867728950e", "a.b-c.d", "x", "a--b"})
  void anIdThatIsANameIsTheName(String id) {
    assertThat(new InstanceId(id).resourceName()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "Foo,foo--",
    "job-Nightly run #7,job-nightly-run-7--",
    "äöü,job--",
    "-x-,x--",
    "a..b,a-b--",
    "'a ',a--"
  })
  void anyOtherIdGetsAReadableNameOfItsOwn(String id, String start) {
    var name = new InstanceId(id).resourceName();

    assertThat(name).matches(SUBDOMAIN).startsWith(start).hasSize(start.length() + 32);
    assertThat(name.length()).isLessThanOrEqualTo(63);
  }

  @Test
  void anIdThatLooksLikeAMadeNameIsNotTheIdThatItWasMadeOf() {
    var made = new InstanceId("Foo").resourceName();

    assertThat(new InstanceId(made).resourceName()).isNotEqualTo(made).startsWith("foo-");
  }

  @Test
  void noTwoIdsMeet() {
    var random = new Random(20261124);
    Map<String, String> ids = new HashMap<>();
    for (var i = 0; i < 100_000; i++) {
      // Few characters and lengths, so that ids differ by little.
      var id = id(random, 1 + random.nextInt(i % 10 == 0 ? 256 : 4));
      var other = ids.put(new InstanceId(id).resourceName(), id);
      assertThat(other).isIn(null, id);
      var name = new InstanceId(id).resourceName();
      assertThat(name).matches(SUBDOMAIN);
      assertThat(InstanceId.of(job(name, id)).text()).isEqualTo(id);
    }
  }

  @Test
  void anAnnotationCountsOnlyOnTheResourceThatItsIdCreates() {
    assertThat(InstanceId.of(job("other", "Foo")).text()).isEqualTo("other");
    assertThat(InstanceId.of(job("other", "nightly")).text()).isEqualTo("other");
    assertThat(InstanceId.of(job("nightly", "")).text()).isEqualTo("nightly");
  }

  private static String id(Random random, int length) {
    var alphabet = "aAbB0-.%/ +_~äÄß\u0130\u2028\ufffd😀".codePoints().toArray();
    var id = new StringBuilder();
    while (id.length() < length) {
      id.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return id.toString();
  }

  private static AsyncJob job(String name, String annotation) {
    var metadata = new ObjectMetaBuilder().withName(name);
    if (!annotation.isEmpty()) {
      metadata.addToAnnotations(Annotations.INSTANCE_ID, annotation);
    }
    var job = new AsyncJob();
    job.setMetadata(metadata.build());
    return job;
  }
}
