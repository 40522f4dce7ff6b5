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
    if (System.getProperty("docs.write") != null) {
      write(text);
    }
    assertThat(Files.readString(document))
        .as("%s; write it anew with -Ddocs.write", this)
        .isEqualTo(with(text));
  }

  /** Replaces what the section holds. */
  public void write(String text) throws IOException {
    Files.writeString(document, with(text));
  }

  private String with(String text) throws IOException {
    var begin = "<!-- begin " + name + " -->\n";
    var end = "<!-- end " + name + " -->";
    var whole = Files.readString(document);
    assertThat(whole).as("%s", this).contains(begin, end);
    return Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
        .matcher(whole)
        .replaceFirst(Matcher.quoteReplacement(begin + text + end));
  }
}
