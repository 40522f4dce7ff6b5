package dev.asyncjob.http;

import static dev.asyncjob.http.Service.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every route, asked in every way that ever got somebody past a check of who he is. */
@ExtendWith(ClusterExtension.class)
class IntrusionIT {
  private static final String KEY = "0123456789abcdef";
  private static final String JOB = "job-victim";
  private static final String GENERATIONS =
      "jsonpath={range .items[*]}{.metadata.name} {.metadata.generation} {end}";

  /** A token that says of itself that it needs no signature. */
  private static final String NOBODY =
      "eyJhbGciOiJub25lIn0."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(
                  "{\"sub\":\"system:admin\",\"groups\":[\"system:masters\"]}"
                      .getBytes(StandardCharsets.UTF_8))
          + ".";

  /** Other ways to write a path. Some of them name the same route, some name none. */
  private static final List<UnaryOperator<String>> PATHS =
      List.of(
          path -> path,
          path -> "/" + path,
          path -> path.replace("/", "//"),
          path -> path + "/",
          path -> path + "//",
          path -> path.toUpperCase(Locale.ROOT),
          path -> "/." + path,
          path -> "/x/.." + path,
          path -> "/openapi.json/.." + path,
          path -> "/%2e" + path,
          path -> "/x/%2e%2e" + path,
          path -> "/openapi.json/%2e%2e" + path,
          path -> "/x/..;" + path,
          path -> "/;a=b" + path,
          path -> "/" + path.substring(1).replace("/", ";a=b/"),
          path -> path + ";a=b",
          path -> "/%2f" + path.substring(1),
          path -> path.replaceFirst("/([^/]+)/", "/$1%2f"),
          path -> path.replaceFirst("/([^/]+)/", "/$1%5c"),
          path -> path.replaceFirst("/([^/]+)/", "/$1\\\\"),
          path -> path.replaceFirst("^/(.)", "/%" + Integer.toHexString(path.charAt(1))),
          path -> path.replaceFirst("^/(.)", "/%25" + Integer.toHexString(path.charAt(1))),
          path -> path + "%00",
          path -> path + "%20",
          path -> path + "%0d%0a",
          path -> path + ".json",
          path -> path + "%3fx",
          path -> path + "#x",
          path -> "http://localhost" + path,
          path -> "http://elsewhere.example" + path,
          path -> "https://a:b@localhost:443" + path,
          path -> "*" + path);

  private static final List<String> METHODS =
      List.of(
          "GET",
          "POST",
          "DELETE",
          "HEAD",
          "OPTIONS",
          "PUT",
          "PATCH",
          "TRACE",
          "CONNECT",
          "get",
          "post",
          "G\u00c9T",
          "PROPFIND");

  /** What a proxy, a framework or a cloud may have said of the caller or of the request. */
  private static final List<String> HEADERS =
      List.of(
          "X-HTTP-Method-Override: GET",
          "X-HTTP-Method: OPTIONS",
          "X-Method-Override: HEAD",
          "X-Original-URL: /",
          "X-Original-Method: OPTIONS",
          "X-Rewrite-URL: /openapi.json",
          "X-Forwarded-Uri: /openapi.json",
          "X-Forwarded-Path: /",
          "X-Forwarded-Prefix: /openapi.json",
          "X-Forwarded-For: 127.0.0.1",
          "X-Forwarded-Host: localhost",
          "X-Forwarded-Proto: https",
          "X-Forwarded-User: system:admin",
          "X-Forwarded-Groups: system:masters",
          "X-Real-IP: 127.0.0.1",
          "X-Remote-User: system:admin",
          "X-Remote-Group: system:masters",
          "X-Client-IP: 127.0.0.1",
          "Forwarded: for=127.0.0.1;host=localhost;proto=https",
          "Impersonate-User: system:admin",
          "Impersonate-Group: system:masters",
          "X-MS-CLIENT-PRINCIPAL: e30=",
          "X-MS-CLIENT-PRINCIPAL-NAME: admin",
          "X-SSL-Client-Verify: SUCCESS",
          "Cookie: code=" + KEY + "; x-functions-key=" + KEY,
          "Origin: null",
          "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13",
          "Upgrade: h2c\r\nConnection: Upgrade\r\nHTTP2-Settings: AAMAAABk",
          "Expect: 100-continue",
          "Max-Forwards: 0");

  @Test
  void withKubernetesNobodyGetsInWithoutAToken(Cluster cluster) {
    var namespace = cluster.newNamespace("intrusion");
    try (var service = service(cluster, namespace.name(), new HttpAuth.Kubernetes())) {
      tryAll(
          cluster,
          service,
          "bearer",
          Stream.concat(
              Stream.of(
                      "",
                      " ",
                      "Bearer",
                      "Bearer ",
                      "Bearer null",
                      "Bearer ''",
                      "Bearer *",
                      "Bearer " + NOBODY,
                      "Bearer a b",
                      "Bearer a,Bearer b",
                      "Basic c3lzdGVtOmFkbWluOg==",
                      "Basic " + KEY,
                      "Negotiate a",
                      "Token a",
                      KEY)
                  .map(value -> adding("Authorization: " + value)),
              Stream.of(
                  adding("x-functions-key: " + KEY),
                  adding("Proxy-Authorization: Bearer a"),
                  request -> request.query("code=" + KEY),
                  request -> request.query("access_token=a"),
                  request -> request.query("token=a&Authorization=Bearer%20a"))));
    }
  }

  @Test
  void withKeysNobodyGetsIntoTheManagementWithoutOne(Cluster cluster, @TempDir Path folder)
      throws IOException {
    var keys = Files.writeString(folder.resolve("keys"), KEY + "\n\n  \nsecond-" + KEY + "\n");
    var namespace = cluster.newNamespace("intrusion");
    try (var service = service(cluster, namespace.name(), new HttpAuth.Key(keys))) {
      tryAll(
          cluster,
          service,
          "code",
          Stream.concat(
              Stream.of(
                      "",
                      KEY.substring(1),
                      KEY.substring(0, KEY.length() - 1),
                      KEY + "0",
                      KEY.toUpperCase(Locale.ROOT),
                      KEY + "%00",
                      KEY + "," + KEY,
                      "%2a",
                      "second-",
                      "wrong&code=" + KEY,
                      KEY + "&code=wrong",
                      KEY + "&code=" + KEY,
                      KEY + "&CODE=")
                  .map(value -> request -> request.query("code=" + value)),
              Stream.of(
                  request -> request.query("code[]=" + KEY),
                  request -> request.query("c%00ode=" + KEY),
                  request -> request.query("key=" + KEY),
                  request -> request.target(request.target() + ";code=" + KEY),
                  request -> request.target(request.target() + "#?code=" + KEY),
                  adding("x-functions-key:"),
                  adding("x-functions-key: " + KEY.toUpperCase(Locale.ROOT)),
                  adding("x-functions-key: " + KEY + "," + KEY),
                  adding("x_functions_key: " + KEY),
                  adding("code: " + KEY),
                  adding("Authorization: Bearer " + KEY),
                  // Who sends a key in both places means the header, as with Azure Functions.
                  adding("x-functions-key: wrong").andThen(request -> request.query("code=" + KEY))
                      ::apply,
                  adding("x-functions-key: wrong\r\nx-functions-key: " + KEY),
                  adding("Content-Type: application/x-www-form-urlencoded")
                          .andThen(request -> request.body("code=" + KEY))
                      ::apply)));
    }
  }

  /** Beside these ways, those of the kind of credentials. */
  private static void tryAll(
      Cluster cluster,
      Service service,
      String credentials,
      Stream<UnaryOperator<RawRequest>> more) {
    var kubectl = cluster.kubectl().inNamespace(service.namespace());
    kubectl.apply(
        "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: %s}, spec: {}}"
            .formatted(JOB));
    kubectl.get("wait", "--for=condition=Started", "asyncjob/" + JOB);
    var before =
        kubectl.get(
            "get", "asyncjobs", "-o", "name,generation".replace("name,generation", GENERATIONS));
    var ways = new ArrayList<UnaryOperator<RawRequest>>();
    PATHS.forEach(path -> ways.add(request -> request.target(path.apply(request.target()))));
    METHODS.forEach(method -> ways.add(request -> request.method(method)));
    HEADERS.forEach(header -> ways.add(adding(header)));
    more.forEach(ways::add);
    var routes =
        Route.all(JOB).stream().filter(r -> r.credentials().contains(credentials)).toList();
    assertThat(routes).hasSizeGreaterThanOrEqualTo(12);

    for (var route : routes) {
      for (var way : ways) {
        var request = way.apply(route.request());
        var answer = request.sendTo(service.url());
        assertThat(answer)
            .as("%s", request)
            // Refused, or taken for something that is not there, or for no HTTP at all.
            .matches("(?s)HTTP/1.1 (401|400|404|501|505) .*")
            .doesNotContain("victim", KEY, BASE + "/");
      }
    }
    System.out.printf("%d routes, %d ways%n", routes.size(), ways.size());
    assertThat(kubectl.get("get", "asyncjobs", "-o", GENERATIONS)).isEqualTo(before);
  }

  private static UnaryOperator<RawRequest> adding(String header) {
    return request -> request.with(header);
  }

  private static Service service(Cluster cluster, String namespace, HttpAuth auth) {
    return Service.start(
        cluster,
        namespace,
        Duration.ofHours(1),
        settings ->
            new HttpSettings(
                settings.address(),
                auth,
                settings.namespace(),
                settings.taskHubs(),
                settings.externalUrl(),
                true,
                settings.durations()));
  }
}
