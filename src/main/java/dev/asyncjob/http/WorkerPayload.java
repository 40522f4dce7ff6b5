package dev.asyncjob.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.asyncjob.store.InstanceId;

/**
 * What job-start answers, as the original app's isolated worker wrote it: names in Pascal case,
 * reasons in double braces, and no task hub. Where the original had null, there are URLs that work.
 */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
@JsonPropertyOrder({
  "Id",
  "StatusQueryGetUri",
  "SendEventPostUri",
  "TerminatePostUri",
  "RewindPostUri",
  "PurgeHistoryDeleteUri",
  "RestartPostUri",
  "SuspendPostUri",
  "ResumePostUri"
})
record WorkerPayload(
    String id,
    String statusQueryGetUri,
    String sendEventPostUri,
    String terminatePostUri,
    String rewindPostUri,
    String purgeHistoryDeleteUri,
    String restartPostUri,
    String suspendPostUri,
    String resumePostUri) {

  static WorkerPayload of(InstanceId id, ManagementUrls urls) {
    var instance = urls.instance(ManagementUrls.percentEncoded(id.text()));
    var query = CheckStatus.codeAfter("?", urls.key());
    var reason = "?reason={{text}}" + CheckStatus.codeAfter("&", urls.key());
    return new WorkerPayload(
        id.text(),
        instance + query,
        instance + "/raiseEvent/{eventName}" + query,
        instance + "/terminate" + reason,
        instance + "/rewind" + reason,
        instance + query,
        instance + "/restart" + query,
        instance + "/suspend" + reason,
        instance + "/resume" + reason);
  }
}
