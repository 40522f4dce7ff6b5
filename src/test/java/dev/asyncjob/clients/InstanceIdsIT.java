package dev.asyncjob.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.TestNamespace;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever an id is made of: no two lead to one job, and each is found by the URL that the service
 * gave for it. Half of the ids are started by job-start, the others by the management API.
 */
@ExtendWith(ClusterExtension.class)
class InstanceIdsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "/runtime/webhooks/durabletask";
  private static final int RANDOM_IDS = 40;
  private static final int MAX_LENGTH = 256;

  /** What job-start puts before a name. */
  private static final String PREFIX = "job-";

  private static final List<String> CHOSEN =
      List.of(
          "...",
          "a.",
          "a..",
          "a",
          "A",
          "a b",
          "a+b",
          "a%20b",
          "a%2Bb",
          "a%b",
          "a%",
          "%2F",
          "a;b",
          "a;b=c",
          "a,b",
          "a&b=c",
          "a=b",
          "a:b",
          "a@b",
          "a'b\"c",
          "<a>",
          "{a}",
          "[a]",
          "a|b^c`d",
          "~a",
          "*",
          " a",
          "a ",
          "é",
          "e\u0301",
          "ß",
          "İi",
          "日本",
          "👩‍🚀",
          "a\u200bb",
          "a\u00a0b",
          "x".repeat(253),
          "x".repeat(254),
          "x".repeat(MAX_LENGTH),
          "é".repeat(MAX_LENGTH),
          "😀".repeat(MAX_LENGTH / 2));

  private static final List<String> ALPHABETS =
      List.of(
          "abcdefghijklmnopqrstuvwxyz0123456789-.",
          " !\"$%&'()*+,-.:;<=>[]^_`{|}~@ABCabc019",
          "äöüßéèñçøåÄÖÜıİſ",
          "日本語中文한국어عربيעברית",
          "\u0301\u0308\u200b\u200d\u00a0\u2028\ufeffaeo");

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void noTwoIdsMeetAndEachIsFoundByItsOwnUrls(TestNamespace namespace) {
    long seed = Long.getLong("ids.seed", System.nanoTime());
    System.out.println("-Dids.seed=" + seed);
    var ids = ids(new Random(seed));
    try (var operator =
        namespace.startOperator(Map.of("ASYNC_JOB_QUEUED_DURATION_SEC", "3600")).awaitReady()) {
      var urls = new HashMap<String, JsonNode>();
      for (var id : ids) {
        urls.put(id, start(operator.http(), id));
      }
      var thirdPartyIds = new HashSet<String>();
      urls.forEach(
          (id, links) -> {
            var status = json(get(link(links, "StatusQueryGetUri")), 202);
            assertThat(status.get("instanceId").asText()).isEqualTo(id);
            assertThat(thirdPartyIds.add(status.at("/input/ThirdPartyJobId").asText()))
                .as(id)
                .isTrue();
          });
      assertThat(namespace.kubectl().get("get", "asyncjobs", "-o=name").lines())
          .hasSize(ids.size());
      var list = json(get(operator.http() + BASE + "/instances?top=1000"), 200);
      assertThat(list.findValuesAsText("instanceId"))
          .containsExactlyElementsOf(ids.stream().sorted().toList());
      urls.forEach(
          (id, links) ->
              assertThat(
                      post(link(links, "TerminatePostUri").replaceAll("\\?.*", ""), "")
                          .statusCode())
                  .as(id)
                  .isEqualTo(202));
    }
  }

  private JsonNode start(URI service, String id) {
    var isByOriginalApp = id.startsWith(PREFIX);
    var answer =
        isByOriginalApp
            ? get(service + "/api/job-start/" + encoded(id.substring(PREFIX.length())))
            : post(
                service + BASE + "/orchestrators/AsyncJobOrchestrator/" + encoded(id),
                "{\"ThirdPartyJobId\":\"of %d\",\"QueuedDuration\":3600}".formatted(id.hashCode()));
    var links = json(answer, 202);
    assertThat(links.get(isByOriginalApp ? "Id" : "id").asText()).isEqualTo(id);
    assertThat(answer.headers().firstValue("Location")).hasValue(link(links, "StatusQueryGetUri"));
    return links;
  }

  private static String link(JsonNode links, String name) {
    var hostName = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    return links.path(name).asText(links.path(hostName).asText());
  }

  /** The chosen ones, random ones, and what those are easily taken for. */
  private static Set<String> ids(Random random) {
    var ids = new LinkedHashSet<String>(CHOSEN);
    for (var i = 0; i < RANDOM_IDS; i++) {
      var id = randomId(random);
      ids.addAll(
          List.of(
              id,
              id.toUpperCase(Locale.ROOT),
              id + ".",
              Normalizer.normalize(id, Normalizer.Form.NFD),
              encoded(id)));
    }
    var all = new ArrayList<>(ids);
    all.forEach(id -> ids.add(PREFIX + id));
    ids.removeIf(id -> id.length() > MAX_LENGTH || id.startsWith("@") || id.matches("\\.{1,2}"));
    return ids;
  }

  private static String randomId(Random random) {
    var id = new StringBuilder();
    var length = 1 + random.nextInt(random.nextInt(4) == 0 ? MAX_LENGTH : 12);
    while (id.length() < length) {
      var alphabet = ALPHABETS.get(random.nextInt(ALPHABETS.size()));
      id.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return id.toString();
  }

  /** Dots too: as a name, a lone one is a step in the path to some. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace(".", "%2E");
  }

  private HttpResponse<String> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).build());
  }

  private HttpResponse<String> post(String url, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(request.uri().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as("%s %s", answer.uri(), answer.body()).isEqualTo(status);
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }
}
