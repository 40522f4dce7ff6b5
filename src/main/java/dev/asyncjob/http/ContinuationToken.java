package dev.asyncjob.http;

import dev.asyncjob.store.InstanceId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where the next page of a list goes on: after the last id of this one. */
final class ContinuationToken {
  private static final String PREFIX = "after:";

  private ContinuationToken() {}

  static String after(InstanceId last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((PREFIX + last.text()).getBytes(StandardCharsets.UTF_8));
  }

  static InstanceId read(String token) {
    try {
      var text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(token.strip())))
              .toString();
      if (text.startsWith(PREFIX)) {
        return new InstanceId(text.substring(PREFIX.length()));
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      // Answered below, like a token of something else.
    }
    throw Problem.message(400, "The continuation token is not one of this service");
  }
}
