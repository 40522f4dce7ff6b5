package dev.asyncjob.settings;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"asyncjob-operator " + Build.read().version()};
  }
}
