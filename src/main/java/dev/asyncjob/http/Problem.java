package dev.asyncjob.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is refused, in the forms that Durable Functions has for it: no body at all, a JSON
 * string, an object with a message, or one that also has the parts of a .NET exception.
 */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final String ARGUMENTS = "One or more of the arguments submitted is incorrect";
  private static final String FAULT = "Something went wrong while processing your request";
  private static final String INVALID_JSON = "Invalid JSON content";

  private final transient Reply reply;

  Problem(Reply reply) {
    super(null, null, false, false);
    this.reply = reply;
  }

  Reply reply() {
    return reply;
  }

  /** Ends the connection too: what is left of the request would be taken for the next one. */
  Problem closing() {
    return new Problem(reply.with("Connection", "close"));
  }

  static Problem notFound() {
    return new Problem(Reply.empty(404));
  }

  static Problem message(int status, String message) {
    return new Problem(messageReply(status, message));
  }

  static Reply messageReply(int status, String message) {
    return Reply.json(status, new Message(message));
  }

  static Problem argument(String what) {
    return new Problem(
        Reply.json(400, new Exceptional(ARGUMENTS, what, "System.ArgumentException")));
  }

  static Problem invalidJson() {
    return new Problem(invalidJsonReply());
  }

  static Reply invalidJsonReply() {
    return Reply.json(
        400,
        new Exceptional(
            INVALID_JSON, "The body must be one JSON value", "System.Text.Json.JsonException"));
  }

  static Reply unknownInstance() {
    var what = "InstanceId does not match a valid orchestration instance.";
    return Reply.json(400, new Exceptional(what, what, "System.ArgumentException"));
  }

  static Reply existsAlready(String what) {
    return Reply.json(409, new Exceptional(what, what, "System.InvalidOperationException"));
  }

  static Reply fault() {
    return Reply.json(500, new Exceptional(FAULT, FAULT, "System.Exception"));
  }

  @JsonPropertyOrder("Message")
  private record Message(@JsonProperty("Message") String message) {}

  /** The stack trace of the original is a null: it is nobody's business. */
  @JsonPropertyOrder({"Message", "ExceptionMessage", "ExceptionType", "StackTrace"})
  private record Exceptional(
      @JsonProperty("Message") String message,
      @JsonProperty("ExceptionMessage") String exceptionMessage,
      @JsonProperty("ExceptionType") String exceptionType,
      @JsonProperty("StackTrace") @Nullable String stackTrace) {
    Exceptional(String message, String exceptionMessage, String exceptionType) {
      this(message, exceptionMessage, exceptionType, null);
    }
  }
}
