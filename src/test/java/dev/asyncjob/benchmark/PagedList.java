package dev.asyncjob.benchmark;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** All jobs of a namespace in pages, as an operator lists them, but not looked at. */
final class PagedList {
  private static final int PAGE = 500;
  private static final Pattern CONTINUE = Pattern.compile("\"continue\":\"([^\"]+)\"");

  private final BareClient client;
  private final String path;

  PagedList(KubernetesClient client, String namespace) {
    this.client = new BareClient(client);
    this.path = BareClient.jobs(namespace) + "?limit=" + PAGE;
  }

  /** Lists all, and returns how long it took. */
  Duration run() {
    var begin = System.nanoTime();
    var page = client.get(path).join();
    var next = CONTINUE.matcher(page);
    while (next.find()) {
      page =
          client
              .get(path + "&continue=" + URLEncoder.encode(next.group(1), StandardCharsets.UTF_8))
              .join();
      next = CONTINUE.matcher(page);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
