package dev.pacebench.runner.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which Pacebench this is; read from what Maven puts into the jar. */
final class Version implements IVersionProvider {

  private static final String PROPERTIES =
      "/META-INF/maven/dev.pacebench/pacebench-runner/pom.properties";

  @Override
  public String[] getVersion() {
    return new String[] {"pacebench " + number()};
  }

  static String number() {
    try (InputStream in = Version.class.getResourceAsStream(PROPERTIES)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unpackaged");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
