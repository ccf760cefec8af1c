package dev.pacebench.runner.agent.install;

import static java.util.Objects.requireNonNull;

/**
 * A package that came with a program.
 *
 * @param check what proves its content, as its kind of package has it; may be empty
 */
public record InstalledPackage(String name, String version, String check)
    implements Comparable<InstalledPackage> {
  public InstalledPackage {
    requireNonNull(name, "name is null");
    requireNonNull(version, "version is null");
    requireNonNull(check, "check is null");
  }

  @Override
  public int compareTo(InstalledPackage other) {
    return line().compareTo(other.line());
  }

  String line() {
    return name + " " + version + " " + check;
  }
}
