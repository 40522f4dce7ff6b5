package dev.asyncjob;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.asyncjob.ArchitectureTest.PROGRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No text makes a regular expression of the program look at it more often than in proportion to its
 * length: Java's expressions go back and try again, and a text of a few thousand characters can
 * keep a quadratic or cubic one busy for hours.
 */
class PatternsTest {
  /** What expressions that have much to go back to begin with, are full of, and fail at. */
  private static final List<String> BEGINNINGS =
      List.of("", "a", "1", "bearer ", "application/json ", "/runtime/webhooks/durabletask/", "[");

  private static final List<String> REPEATED =
      List.of(
          "a", "A", "0", "-", ".", ":", " ", "+", "=", "/", ",", ";", "a.", "a-", "0,", "0.", ": ",
          " :", "--", "1h", "0s", ":00 ", "//", "a=", " 00");

  private static final List<String> ENDS = List.of("", "!", " ", "\n", ":", "-", "0");

  private static final int LENGTH = 150;

  /** For what it costs to begin and to end. */
  private static final double TOLERANCE = 1.3;

  @Test
  void noneLooksAgainAndAgain() throws ReflectiveOperationException {
    var patterns = patterns();
    assertThat(patterns).hasSizeGreaterThan(12);
    patterns.forEach(
        (name, pattern) -> {
          for (var beginning : BEGINNINGS) {
            for (var repeated : REPEATED) {
              for (var end : ENDS) {
                var few = looks(pattern, beginning + repeated.repeat(LENGTH) + end);
                var many = looks(pattern, beginning + repeated.repeat(2 * LENGTH) + end);
                if (many > 2 * TOLERANCE * Math.max(few, LENGTH)) {
                  fail("%s looks %d times at %s%s…%s", name, many, beginning, repeated, end);
                }
              }
            }
          }
        });
  }

  /** An expression that is not a constant is one that the test above does not know of. */
  @Test
  void allAreConstantsAndMatchedAsAWhole() {
    var ofString = owner(Predicates.equivalentTo(String.class));
    noClasses()
        .should()
        .callMethodWhere(
            target(ofString).and(target(nameMatching("matches|replaceAll|replaceFirst"))))
        .check(PROGRAM);
    // To find it somewhere is to try it everywhere. These two have parts that follow each other.
    noClasses()
        .that()
        .doNotHaveSimpleName("DurationText")
        .and()
        .doNotHaveSimpleName("InstanceId")
        .should()
        .callMethodWhere(
            target(owner(Predicates.equivalentTo(Matcher.class)))
                .and(target(nameMatching("find|results|replaceAll|replaceFirst|lookingAt"))))
        .check(PROGRAM);
  }

  private static long looks(Pattern pattern, String text) {
    var looks = new AtomicLong();
    pattern.matcher(new CountedText(text, looks)).matches();
    return looks.get();
  }

  private static Map<String, Pattern> patterns() throws ReflectiveOperationException {
    var patterns = new LinkedHashMap<String, Pattern>();
    for (var type : PROGRAM) {
      for (var field : type.getFields()) {
        if (field.getRawType().isEquivalentTo(Pattern.class)) {
          var constant = field.reflect();
          constant.setAccessible(true);
          patterns.put(field.getFullName(), (Pattern) constant.get(null));
        }
      }
    }
    return patterns;
  }

  /** A text that counts how often one of its characters is looked at. */
  private record CountedText(String text, AtomicLong looks) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks.incrementAndGet();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
