package dev.asyncjob.http;

import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.store.ApiServer;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Callers are those whom the API server knows, and may do over HTTP what its rules let them do to
 * asyncjobs with kubectl: a TokenReview says who it is, a SubjectAccessReview what is allowed.
 */
final class KubernetesAccess implements Access {
  /** So long a token or a permission that was taken away goes on working here. */
  private static final Duration LIFETIME = Duration.ofSeconds(5);

  private static final Pattern BEARER = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/-]+=*)");
  private static final String CHALLENGE = "Bearer realm=\"asyncjob\"";

  private final KubernetesClient client;
  private final ApiServer apiServer;
  private final BriefCache<String, Optional<UserInfo>> users;
  private final BriefCache<Permission, Boolean> permissions;

  KubernetesAccess(KubernetesClient client, ApiServer apiServer, Clock clock) {
    this.client = client;
    this.apiServer = apiServer;
    this.users = new BriefCache<>(clock, LIFETIME);
    this.permissions = new BriefCache<>(clock, LIFETIME);
  }

  @Override
  public Caller toManagement(Context request) {
    var token =
        Optional.ofNullable(request.header("Authorization"))
            .map(String::strip)
            .map(BEARER::matcher)
            .filter(bearer -> bearer.matches())
            .map(bearer -> bearer.group(1))
            .orElseThrow(() -> Access.unauthorized(CHALLENGE));
    return users
        .get(fingerprint(token), hash -> review(token))
        .map(User::new)
        .orElseThrow(() -> Access.unauthorized(CHALLENGE + ", error=\"invalid_token\""));
  }

  @Override
  public Caller toOriginalApp(Context request) {
    return toManagement(request);
  }

  private Optional<UserInfo> review(String token) {
    var review = new TokenReviewBuilder().withNewSpec().withToken(token).endSpec().build();
    var status = apiServer.call(() -> client.resource(review).create().getStatus());
    return Boolean.TRUE.equals(status.getAuthenticated())
        ? Optional.of(status.getUser())
        : Optional.empty();
  }

  private boolean review(Permission permission) {
    var user = permission.user();
    var review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(user.getUsername())
            .withUid(user.getUid())
            .withGroups(user.getGroups())
            .withExtra(user.getExtra())
            .withNewResourceAttributes()
            .withGroup(AsyncJob.GROUP)
            .withResource(AsyncJob.PLURAL)
            .withVerb(permission.verb().name())
            .withNamespace(permission.namespace())
            .endResourceAttributes()
            .endSpec()
            .build();
    return apiServer.call(() -> client.resource(review).create().getStatus().getAllowed());
  }

  /** Tokens themselves are not kept. */
  private static String fingerprint(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private record Permission(UserInfo user, Verb verb, String namespace) {}

  private final class User implements Caller {
    private final UserInfo info;

    User(UserInfo info) {
      this.info = info;
    }

    @Override
    public void require(Verb verb, String namespace) {
      if (!permissions.get(new Permission(info, verb, namespace), KubernetesAccess.this::review)) {
        throw new Problem(Reply.empty(403));
      }
    }

    @Override
    public Optional<String> key() {
      return Optional.empty();
    }
  }
}
