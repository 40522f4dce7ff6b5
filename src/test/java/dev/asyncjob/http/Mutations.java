package dev.asyncjob.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes inputs of others: the same ones for the same seed. */
final class Mutations {
  private static final int MAX_CHANGES = 6;
  private static final int MAX_REPETITIONS = 300;
  private static final int MAX_LENGTH = 20_000;

  /** Where parsers of HTTP, JSON, numbers and dates have their corners. */
  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\0",
          "%00",
          "%0d%0a",
          "%2f",
          "%2e%2e/",
          "%",
          "%zz",
          "%ff",
          "%c3",
          "+",
          "//",
          "../",
          ";",
          "?",
          "&",
          "=",
          "#",
          " ",
          "\t",
          ",",
          ":",
          "::",
          "@",
          "*",
          "\"",
          "'",
          "\\",
          "\\u0000",
          "\\ud800",
          "{",
          "}",
          "[",
          "]",
          "[[",
          "{\"a\":",
          "null",
          "true",
          "NaN",
          "-0",
          "1e999999999",
          "-1e-999999999",
          "9223372036854775808",
          "0x1f",
          "99999h",
          "1s",
          "2026-11-25T08:00:00Z",
          "+999999999-12-31T23:59:59Z",
          "0000-00-00",
          " 00:00",
          "12:00:00 AM",
          "\u00e9",
          "\u2028",
          "\u202e",
          "\ud83d\ude00",
          "\ufeff",
          "${jndi:ldap://x}",
          "<script>",
          "../../etc/passwd",
          "job-",
          "--",
          "after:",
          "YWZ0ZXI6",
          "Completed",
          "createdTimeFrom=",
          "code=",
          "taskHub=",
          "top=",
          "Host: a\r\n",
          "Host: a:b:c\r\n",
          "Content-Length: 5\r\n",
          "Content-Length: -1\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Content-Encoding: gzip\r\n",
          "Expect: 100-continue\r\n",
          "Connection: close, Upgrade\r\n",
          "Upgrade: h2c\r\n",
          "Content-Type: application/json\r\n",
          "Content-Type: multipart/form-data; boundary=\r\n",
          "Authorization: Bearer \r\n",
          "0\r\n\r\n",
          "ffffffffffffffff\r\n",
          "5;x=y\r\nabcde\r\n",
          " HTTP/1.1\r\n",
          " HTTP/1.0\r\n",
          " HTTP/9.9\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "GET ",
          "POST ",
          "DELETE ",
          "\u0016\u0003\u0001");

  private final Random random;

  Mutations(long seed) {
    random = new Random(seed);
  }

  byte[] of(List<byte[]> seeds) {
    var input = pick(seeds);
    for (var changes = 1 + random.nextInt(MAX_CHANGES); changes > 0; changes--) {
      input = changed(input, seeds);
    }
    return input;
  }

  private byte[] changed(byte[] input, List<byte[]> seeds) {
    var from = random.nextInt(input.length + 1);
    var to = Math.min(input.length, from + random.nextInt(1 + random.nextInt(16)));
    var replacement =
        switch (random.nextInt(8)) {
          case 0 -> new byte[0];
          case 1 -> new byte[] {(byte) random.nextInt(256)};
          case 2, 3, 4 -> piece();
          case 5 -> repeated(random.nextBoolean() ? piece() : part(input, from, to));
          case 6 -> part(input, random.nextInt(input.length + 1), input.length);
          default -> pick(seeds);
        };
    var isInserted = random.nextBoolean();
    var output = new ByteArrayOutputStream(input.length + replacement.length);
    output.writeBytes(part(input, 0, from));
    output.writeBytes(replacement);
    output.writeBytes(part(input, isInserted ? from : to, input.length));
    return part(output.toByteArray(), 0, Math.min(output.size(), MAX_LENGTH));
  }

  private byte[] piece() {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] repeated(byte[] bytes) {
    var output = new ByteArrayOutputStream();
    for (var times = random.nextInt(MAX_REPETITIONS); times > 0; times--) {
      output.writeBytes(bytes);
    }
    return output.toByteArray();
  }

  private byte[] pick(List<byte[]> seeds) {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return from >= to ? new byte[0] : Arrays.copyOfRange(bytes, from, to);
  }
}
