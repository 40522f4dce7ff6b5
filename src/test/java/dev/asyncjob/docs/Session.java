package dev.asyncjob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands of a document, each after a dollar sign in a block of console, with their output.
 */
record Session(Path document) {
  private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final String PROMPT = "$ ";

  /**
   * Runs all commands, in their order, and fails when an output is another one, times, ids and the
   * like apart; with {@code -Ddocs.write} the outputs are written first.
   *
   * @param shell runs a command and returns its output
   */
  void mustBeWhatHappens(UnaryOperator<String> shell) throws IOException {
    var before = Files.readString(document);
    var after =
        BLOCK
            .matcher(before)
            .replaceAll(
                block ->
                    Matcher.quoteReplacement("```console\n" + run(block.group(1), shell) + "```"));
    if (System.getProperty("docs.write") != null) {
      Files.writeString(document, after);
    }
    assertThat(masked(Files.readString(document)))
        .as("%s; write it anew with -Ddocs.write", document)
        .isEqualTo(masked(after));
  }

  private static String run(String block, UnaryOperator<String> shell) {
    return block
        .lines()
        .filter(line -> line.startsWith(PROMPT))
        .map(line -> line + "\n" + shell.apply(line.substring(PROMPT.length())))
        .collect(Collectors.joining());
  }

  /** Without what is another at each run. */
  private static String masked(String text) {
    return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME")
        .replaceAll("Date: .*", "Date: TIME")
        .replaceAll("Content-Length: [1-9]\\d*", "Content-Length: N")
        .replaceAll("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "UUID")
        .replaceAll(" \\d+m?\\d*s\\b", " AGE")
        .replaceAll(" +", " ");
  }
}
