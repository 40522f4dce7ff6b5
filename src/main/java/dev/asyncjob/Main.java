package dev.asyncjob;

import dev.asyncjob.settings.Request;
import dev.asyncjob.settings.Settings;
import java.util.List;

/** The start: reads the settings, and runs the program or says why not. */
public final class Main {
  private static final int BAD_SETTINGS = 2;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    var request = Request.read(List.of(arguments), System.getenv());
    if (request instanceof Request.Run run) {
      configureLogging(run.settings());
      new Program(run.settings()).run();
    } else if (request instanceof Request.Print print) {
      System.out.println(print.text());
    } else if (request instanceof Request.Refuse refuse) {
      System.err.println(refuse.line());
      System.exit(BAD_SETTINGS);
    }
  }

  /** Before the first logger is made: log4j2.xml reads these. */
  private static void configureLogging(Settings settings) {
    System.setProperty("asyncjob.log.format", settings.logFormat().name());
    System.setProperty("asyncjob.log.level", settings.logLevel().name());
    System.setProperty(
        "JAVA_OPERATOR_SDK_USE_MDC", "false"); // A line says itself which job it is of.
  }
}
