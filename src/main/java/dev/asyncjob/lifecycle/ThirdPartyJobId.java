package dev.asyncjob.lifecycle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The id of an attempt whose spec names none: the same whenever it is computed. */
final class ThirdPartyJobId {
  private ThirdPartyJobId() {}

  /** A UUID of version 5 (RFC 9562): namespace = the job's uid, name = the attempt in decimal. */
  static String of(String uid, int attempt) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(bytes(UUID.fromString(uid)));
      var hash =
          ByteBuffer.wrap(sha1.digest(Integer.toString(attempt).getBytes(StandardCharsets.UTF_8)));
      var high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L;
      var low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  private static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}
