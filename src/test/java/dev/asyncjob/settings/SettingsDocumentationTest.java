package dev.asyncjob.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.docs.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class SettingsDocumentationTest {
  private static final Pattern DESCRIPTION =
      Pattern.compile("(?<meaning>.*) \\[(?<variable>\\w+), default: (?<default>.*)]");

  private static final List<OptionSpec> OPTIONS =
      new CommandLine(Settings.class)
          .getCommandSpec().options().stream()
              .filter(option -> !option.usageHelp() && !option.versionHelp())
              .toList();

  @Test
  void theReadmeListsEverySetting() throws IOException {
    var rows = OPTIONS.stream().map(SettingsDocumentationTest::row).collect(Collectors.joining());
    new Section(Path.of("README.md"), "settings")
        .mustBe("| option | variable | default | meaning |\n|---|---|---|---|\n" + rows);
  }

  private static String row(OptionSpec option) {
    var description = DESCRIPTION.matcher(option.description()[0]);
    assertThat(description.matches()).as(option.longestName()).isTrue();
    assertThat(description.group("variable")).isEqualTo(Variables.name(option));
    return "| `%s` | `%s` | %s | %s |\n"
        .formatted(
            option.longestName(),
            description.group("variable"),
            description.group("default"),
            description.group("meaning"));
  }
}
