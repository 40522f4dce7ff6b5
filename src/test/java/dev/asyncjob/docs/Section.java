package dev.asyncjob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a document, between {@code <!-- begin NAME -->} and {@code <!-- end NAME -->}. */
public record Section(Path document, String name) {
  /**
   * Fails when the section is not the given text; with {@code -Ddocs.write} it is written first.
   */
  public void mustBe(String text) throws IOException {
    var whole = Files.readString(document);
    var begin = "<!-- begin " + name + " -->\n";
    var end = "<!-- end " + name + " -->";
    var expected =
        Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
            .matcher(whole)
            .replaceFirst(Matcher.quoteReplacement(begin + text + end));
    if (System.getProperty("docs.write") != null) {
      Files.writeString(document, expected);
    }
    assertThat(Files.readString(document))
        .as("%s; write it anew with -Ddocs.write", this)
        .contains(begin)
        .isEqualTo(expected);
  }
}
