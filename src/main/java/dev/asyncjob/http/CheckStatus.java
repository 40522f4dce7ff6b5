package dev.asyncjob.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.asyncjob.store.InstanceId;
import java.util.Optional;

/**
 * What the management API answers to a start, as the Durable Functions host writes it: the URLs to
 * watch and steer the instance. The braces in them are for the client to replace.
 */
@JsonPropertyOrder({
  "id",
  "statusQueryGetUri",
  "sendEventPostUri",
  "terminatePostUri",
  "purgeHistoryDeleteUri",
  "restartPostUri",
  "suspendPostUri",
  "resumePostUri"
})
record CheckStatus(
    String id,
    String statusQueryGetUri,
    String sendEventPostUri,
    String terminatePostUri,
    String purgeHistoryDeleteUri,
    String restartPostUri,
    String suspendPostUri,
    String resumePostUri) {

  /**
   * The URLs of an instance.
   *
   * @param failureIsError whether the client wants a failed instance to be answered with a 500
   */
  static CheckStatus of(
      InstanceId id,
      ManagementUrls urls,
      String taskHub,
      String connection,
      boolean failureIsError) {
    var instance = urls.instance(ManagementUrls.formEncoded(id.text()));
    var hub = "taskHub=" + ManagementUrls.formEncoded(taskHub);
    var query =
        hub + "&connection=" + ManagementUrls.formEncoded(connection) + codeAfter("&", urls.key());
    return new CheckStatus(
        id.text(),
        instance + "?" + query + (failureIsError ? "&returnInternalServerErrorOnFailure=true" : ""),
        instance + "/raiseEvent/{eventName}?" + query,
        instance + "/terminate?reason={text}&" + query,
        instance + "?" + query,
        instance + "/restart?" + query,
        instance + "/suspend?reason={text}&" + query,
        instance + "/resume?reason={text}&" + query);
  }

  static String codeAfter(String separator, Optional<String> key) {
    return key.map(code -> separator + "code=" + ManagementUrls.formEncoded(code)).orElse("");
  }
}
