package dev.pacebench.sandbox.docker;

/** Something in a Dockerfile that keeps it from being built. */
final class DockerfileProblem extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final String remedy;

  DockerfileProblem(int line, String what, String remedy) {
    super(what);
    this.line = line;
    this.remedy = remedy;
  }

  int line() {
    return line;
  }

  String remedy() {
    return remedy;
  }
}
