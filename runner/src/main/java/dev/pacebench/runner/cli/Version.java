package dev.pacebench.runner.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * Which Pacebench this is.
 *
 * <p>The launcher starts a jar whose name says it; to look into the jar would cost every start some
 * milliseconds. Where classes were started in another way, what Maven puts into the jar says it.
 */
final class Version implements IVersionProvider {

  private static final String PROPERTIES =
      "/META-INF/maven/dev.pacebench/pacebench-runner/pom.properties";

  private static final String JAR = "pacebench-runner-";

  @Override
  public String[] getVersion() {
    return new String[] {"pacebench " + number()};
  }

  static String number() {
    String started = System.getProperty("java.class.path", "");
    int name = started.lastIndexOf('/') + 1;
    return started.startsWith(JAR, name) && started.endsWith(".jar") && started.indexOf(':') < 0
        ? started.substring(name + JAR.length(), started.length() - ".jar".length())
        : numberInJar();
  }

  private static String numberInJar() {
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
