package dev.asyncjob.http;

import dev.asyncjob.store.ApiServer;
import dev.asyncjob.store.Awaited;
import dev.asyncjob.store.JobCache;
import dev.asyncjob.store.Jobs;
import dev.asyncjob.store.RefusedException;
import dev.asyncjob.store.Unavailable;
import dev.asyncjob.web.WebServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API as a running service: its routes, and what becomes of failures. */
public final class HttpApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
  private static final int DELETIONS_AT_A_TIME = 8;

  /**
   * More threads than can wait for the API server, so that some are left for reads from the cache;
   * idle for longer than clients keep their connections, lest they send on one that is just being
   * closed.
   */
  private static final WebServer.Limits LIMITS =
      new WebServer.Limits(600, 4000, Duration.ofSeconds(75));

  /** What ids in paths need; broken encodings are answered with a 400. */
  private static final Set<Violation> ALLOWED =
      EnumSet.of(
          Violation.AMBIGUOUS_PATH_SEGMENT,
          Violation.AMBIGUOUS_EMPTY_SEGMENT,
          Violation.AMBIGUOUS_PATH_SEPARATOR,
          Violation.AMBIGUOUS_PATH_PARAMETER,
          Violation.AMBIGUOUS_PATH_ENCODING,
          Violation.SUSPICIOUS_PATH_CHARACTERS,
          Violation.ILLEGAL_PATH_CHARACTERS);

  private final HttpSettings settings;
  private final HttpRequests requests;
  private final Access access;
  private final Waiting waiting;
  private final ExecutorService deletions;
  private final OriginalApp originalApp;
  private final Starts starts;
  private final Instances instances;
  private final Operations operations;
  private final Javalin server;

  private HttpApi(
      HttpSettings settings,
      KubernetesClient client,
      JobCache cache,
      Clock clock,
      HttpRequests requests) {
    var web = new WebServer("http", LIMITS);
    var apiServer = new ApiServer();
    var jobs = new Jobs(client, cache, apiServer);
    this.settings = settings;
    this.requests = requests;
    this.access = access(settings.auth(), client, apiServer, clock);
    this.waiting = new Waiting(web.threads());
    this.deletions =
        Executors.newFixedThreadPool(
            DELETIONS_AT_A_TIME,
            task -> {
              var thread = new Thread(task, "http-deletion");
              thread.setDaemon(true);
              return thread;
            });
    this.originalApp = new OriginalApp(jobs, settings.durations(), clock);
    this.starts = new Starts(jobs, waiting, clock);
    this.instances = new Instances(jobs, deletions, clock);
    this.operations = new Operations(jobs, clock);
    this.server =
        Javalin.create(
            config -> {
              web.configure(config, settings.address());
              readAsDurableFunctions(config);
              addRoutes(config);
              addFailures(config);
            });
  }

  /**
   * Starts to serve.
   *
   * @param cache what this replica knows of the jobs; it should be filled by now
   * @param requests told of each request
   */
  public static HttpApi start(
      HttpSettings settings,
      KubernetesClient client,
      JobCache cache,
      Clock clock,
      HttpRequests requests) {
    var api = new HttpApi(settings, client, cache, clock, requests);
    api.server.start();
    return api;
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  /** Takes no more requests, and ends when those under way have been answered. */
  @Override
  public void close() {
    waiting.close();
    try {
      server.stop();
    } catch (JavalinException e) {
      LOG.warn("the HTTP API did not stop as it should: {}", e.getMessage());
      LOG.debug("the HTTP API did not stop as it should", e);
    }
    deletions.shutdown();
  }

  private void readAsDurableFunctions(JavalinConfig config) {
    config.router.caseInsensitiveRoutes = true;
    config.router.treatMultipleSlashesAsSingleSlash = true;
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setUriCompliance(UriCompliance.from(ALLOWED));
          if (settings.trustForwarded()) {
            http.addCustomizer(new ForwardedRequestCustomizer());
          }
          http.addCustomizer(new FormEncodedPath());
          http.addCustomizer(new ContentTypeHeader());
        });
  }

  private void addRoutes(JavalinConfig config) {
    var about = About.page();
    var openApi = About.openApi();
    var instance = ManagementUrls.PATH + "/instances/{instanceId}";
    var orchestrator = ManagementUrls.PATH + "/orchestrators/{functionName}";
    config
        .routes
        .get("/", context -> send(context, about))
        .get("/openapi.json", context -> send(context, openApi))
        .get("/api/job-start/{jobName}", original(originalApp::start))
        .get("/api/job-status/{jobName}", original(originalApp::status))
        .post(orchestrator, managementLater(starts::startUnnamed))
        .post(orchestrator + "/{instanceId}", managementLater(starts::start))
        .get(ManagementUrls.PATH + "/instances", management(instances::list))
        .delete(ManagementUrls.PATH + "/instances", management(instances::purgeMany))
        .get(instance, management(instances::get))
        .delete(instance, management(instances::purge))
        .post(instance + "/terminate", management(operations::terminate))
        .post(instance + "/suspend", management(operations::suspend))
        .post(instance + "/resume", management(operations::resume))
        .post(instance + "/raiseEvent/{eventName}", management(operations::raiseEvent))
        .post(instance + "/rewind", management(operations::rewind))
        .post(instance + "/restart", managementLater(starts::restart));
    config.requestLogger.http(
        (context, millis) ->
            requests.answered(
                route(context),
                context.method().name(),
                context.statusCode(),
                Duration.ofNanos((long) (millis * 1_000_000))));
  }

  private void addFailures(JavalinConfig config) {
    config
        .routes
        .exception(Problem.class, (problem, context) -> send(context, problem.reply()))
        .exception(
            Unavailable.class,
            (unavailable, context) ->
                send(
                    context,
                    Problem.messageReply(
                            unavailable.isOverloaded() ? 429 : 503,
                            String.valueOf(unavailable.getMessage()))
                        .retryAfter(unavailable.retryAfter())))
        .exception(
            RefusedException.class,
            (refused, context) ->
                send(context, Problem.messageReply(409, String.valueOf(refused.getMessage()))))
        // No route: Durable Functions says 404 to a wrong verb too.
        .exception(
            HttpResponseException.class,
            (failure, context) -> send(context, Reply.empty(failure.getStatus())))
        .exception(
            Exception.class,
            (failure, context) -> {
              // Without the query, which may hold a key.
              LOG.error("{} {} failed", context.method(), context.path(), failure);
              send(context, Problem.fault());
            });
  }

  private Handler original(Function<Call, Reply> operation) {
    return context -> {
      var caller = access.toOriginalApp(context);
      send(
          context,
          operation.apply(new Call(context, caller, TaskHub.byDefault(settings), base(context))));
    };
  }

  private Handler management(Function<Call, Reply> operation) {
    return context -> send(context, operation.apply(managementCall(context)));
  }

  private Handler managementLater(Function<Call, CompletableFuture<Reply>> operation) {
    return context -> {
      var reply = operation.apply(managementCall(context));
      if (reply.isDone()) {
        send(context, Awaited.of(reply));
      } else {
        context.future(() -> reply.thenAccept(late -> send(context, late)));
      }
    };
  }

  private Call managementCall(Context context) {
    var caller = access.toManagement(context);
    var hub = TaskHub.of(new Query(context.queryParamMap()), settings);
    return new Call(context, caller, hub, base(context));
  }

  private String base(Context context) {
    return settings
        .externalUrl()
        .map(url -> withoutSlashes(url.toString()))
        .orElseGet(
            () -> {
              var url = context.req().getRequestURL();
              return url.substring(0, url.length() - context.req().getRequestURI().length());
            });
  }

  private static String withoutSlashes(String url) {
    var end = url.length();
    while (url.charAt(end - 1) == '/') {
      end--;
    }
    return url.substring(0, end);
  }

  private static void send(Context context, Reply reply) {
    context.status(reply.status()).header("Cache-Control", "no-store");
    reply.headers().forEach(context::header);
    if (reply.body() instanceof Reply.Items list) {
      context.result(JsonArray.of(list.items()));
      ContentTypeHeader.set(context.req(), reply.contentType());
    } else if (reply.body() instanceof Reply.Whole body) {
      context.result(body.json().getBytes(StandardCharsets.UTF_8));
      if (body.json().isEmpty()) {
        ContentTypeHeader.remove(context.req());
      } else {
        ContentTypeHeader.set(context.req(), reply.contentType());
      }
    }
  }

  private static String route(Context context) {
    var endpoint = context.endpoints().lastHttpEndpoint();
    return endpoint == null ? "" : endpoint.path;
  }

  private static Access access(
      HttpAuth auth, KubernetesClient client, ApiServer apiServer, Clock clock) {
    if (auth instanceof HttpAuth.Key key) {
      return new KeyAccess(new KeyFile(key.file()));
    }
    return auth instanceof HttpAuth.Kubernetes
        ? new KubernetesAccess(client, apiServer, clock)
        : new AnonymousAccess();
  }
}
