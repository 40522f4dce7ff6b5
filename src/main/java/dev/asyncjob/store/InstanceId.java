package dev.asyncjob.store;

import dev.asyncjob.resource.AsyncJob;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What HTTP clients call a job. An id that is a valid resource name is the name. Any other id gets
 * a name made from it, of a readable part and a hash, and stands in full in an annotation; so does
 * an id that merely looks like such a made name. Thus two ids never lead to one resource.
 */
public record InstanceId(String text) implements Comparable<InstanceId> {
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final int MAX_SUBDOMAIN_LENGTH = 253;

  /** 160 bits in base 32: long enough that no two ids can be found that have it in common. */
  private static final int HASH_BYTES = 20;

  private static final int HASH_LENGTH = 32;

  /** With the two hyphens and the hash, 63 characters: what fits into a label as well. */
  private static final int MAX_SLUG_LENGTH = 29;

  private static final Pattern MADE = Pattern.compile(".*--[0-9a-v]{" + HASH_LENGTH + "}");

  private static final Pattern UNREADABLE = Pattern.compile("[^a-z0-9]+");

  /** Of a resource: what its annotation says if the name was made from that, else its name. */
  public static InstanceId of(AsyncJob job) {
    var metadata = job.getMetadata();
    return Optional.ofNullable(metadata.getAnnotations())
        .map(annotations -> annotations.get(Annotations.INSTANCE_ID))
        .map(InstanceId::new)
        .filter(id -> id.resourceName().equals(metadata.getName()))
        .orElseGet(() -> new InstanceId(metadata.getName()));
  }

  /** The name of the resource that this id creates. */
  public String resourceName() {
    return isResourceName() && !looksMade() ? text : slug() + "--" + hash();
  }

  /**
   * Whether a resource of exactly this name can have this id although the id would create another
   * one: it was made without this API, and its name happens to look like a made one.
   */
  boolean mayBeNamedOtherwise() {
    return isResourceName() && looksMade();
  }

  /** In the order of UTF-16 units, as .NET's ordinal comparison and Azure's storage have it. */
  @Override
  public int compareTo(InstanceId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }

  private boolean isResourceName() {
    return text.length() <= MAX_SUBDOMAIN_LENGTH && SUBDOMAIN.matcher(text).matches();
  }

  private boolean looksMade() {
    return MADE.matcher(text).matches();
  }

  private String slug() {
    var readable = UNREADABLE.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-");
    var start = readable.startsWith("-") ? 1 : 0;
    var end = Math.min(readable.length(), start + MAX_SLUG_LENGTH);
    var slug = start < end ? readable.substring(start, end) : "";
    var trimmed = slug.endsWith("-") ? slug.substring(0, slug.length() - 1) : slug;
    return trimmed.isEmpty() ? "job" : trimmed;
  }

  private String hash() {
    try {
      var sha256 =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_16BE));
      var base32 = new BigInteger(1, Arrays.copyOf(sha256, HASH_BYTES)).toString(32);
      return "0".repeat(HASH_LENGTH - base32.length()) + base32;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
