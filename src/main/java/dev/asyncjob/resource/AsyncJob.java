package dev.asyncjob.resource;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A job that waits in Queued, then in InProgress, and then is Completed.
 *
 * <p>A spec or status that this program cannot read (it was stored under another definition of the
 * resource) is kept as a problem of this one job: an exception would end the reading of all jobs.
 */
@Group(AsyncJob.GROUP)
@Version(AsyncJob.VERSION)
@Plural(AsyncJob.PLURAL)
@Singular("asyncjob")
@ShortNames("aj")
@Categories("all")
@AdditionalSelectableField(jsonPath = ".status.runtimeStatus")
@AdditionalSelectableField(jsonPath = ".status.customStatus")
@AdditionalSelectableField(jsonPath = ".status.thirdPartyJobId")
@ValidationRule(
    value = Rules.ONLY_A_FINISHED_JOB_RESTARTS,
    message = "restartNonce must only be raised on a finished job",
    fieldPath = ".spec.restartNonce",
    reason = "FieldValueForbidden")
@JsonIgnoreProperties(ignoreUnknown = true)
public class AsyncJob extends CustomResource<AsyncJobSpec, AsyncJobStatus>
    implements Namespaced, Cloneable {
  public static final String GROUP = "asyncjob.dev";
  public static final String VERSION = "v1";
  public static final String PLURAL = "asyncjobs";

  /** Takes nothing for what it is not: "false" is no boolean, 1 no enum value, 1.5 no integer. */
  private static final ObjectMapper READER =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  /** Holds what all jobs have in common: the superclass would look it up anew for each. */
  private static final AsyncJob BLANK = new AsyncJob();

  private @Nullable String specProblem;
  private @Nullable String statusProblem;

  @JsonCreator
  private static AsyncJob blank() {
    var job = BLANK.clone();
    job.setMetadata(new ObjectMeta());
    return job;
  }

  @Override
  protected AsyncJob clone() {
    try {
      return (AsyncJob) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** A job put together again from its parts. */
  public static AsyncJob of(
      ObjectMeta metadata,
      @Nullable AsyncJobSpec spec,
      @Nullable String specProblem,
      @Nullable AsyncJobStatus status,
      @Nullable String statusProblem) {
    var job = BLANK.clone();
    job.setMetadata(metadata);
    job.setSpec(spec);
    job.setStatus(status);
    job.specProblem = specProblem;
    job.statusProblem = statusProblem;
    return job;
  }

  /** Why the spec cannot be read, if it cannot. */
  public Optional<String> specProblem() {
    return Optional.ofNullable(specProblem);
  }

  /** Why the status cannot be read, if it cannot. */
  public Optional<String> statusProblem() {
    return Optional.ofNullable(statusProblem);
  }

  @JsonSetter("spec")
  void readSpec(@Nullable TokenBuffer json) throws IOException {
    try {
      if (json != null) {
        setSpec(read(json, AsyncJobSpec.class));
      }
    } catch (JsonMappingException e) {
      specProblem = problem("spec", e);
    }
  }

  @JsonSetter("status")
  void readStatus(@Nullable TokenBuffer json) throws IOException {
    try {
      if (json != null) {
        setStatus(read(json, AsyncJobStatus.class));
      }
    } catch (JsonMappingException e) {
      statusProblem = problem("status", e);
    }
  }

  private static <T> T read(TokenBuffer json, Class<T> type) throws IOException {
    return READER.readValue(json.asParserOnFirstToken(), type);
  }

  private static String problem(String root, JsonMappingException e) {
    var path =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getFieldName())
            .collect(Collectors.joining());
    return root + path + ": " + e.getOriginalMessage();
  }
}
