package dev.pacebench.tasks.swebench;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The repositories of SWE-bench Verified: how the published harness, version 4, tests them. */
final class RepositorySpecs {

  private static final String EDITABLE = "python -m pip install -e .";
  private static final String PYTEST = "pytest -rA";

  private static final Set<String> OLD_DJANGO =
      Set.of("1.7", "1.8", "1.9", "1.10", "1.11", "2.0", "2.1", "2.2");
  private static final Set<String> OLDEST_DJANGO = Set.of("1.4", "1.5", "1.6");
  private static final Set<String> DJANGO_3 = Set.of("3.0", "3.1", "3.2");

  private RepositorySpecs() {}

  static Optional<RepositorySpec> of(String repository, String version) {
    return switch (repository) {
      case "astropy/astropy" ->
          spec(
              "python -m pip install -e .[test] --verbose",
              "pytest -rA -vv -o console_output_style=classic --tb=no",
              "pytest_v2");
      case "django/django" -> Optional.of(django(version));
      case "matplotlib/matplotlib" -> spec(EDITABLE, PYTEST, "matplotlib");
      case "mwaskom/seaborn" ->
          spec(
              version.equals("0.11") ? EDITABLE : "python -m pip install -e .[dev]",
              "pytest --no-header -rA",
              "seaborn");
      case "pallets/flask", "pydata/xarray", "pytest-dev/pytest" ->
          spec(EDITABLE, PYTEST, "pytest");
      case "psf/requests" -> spec("python -m pip install .", PYTEST, "pytest_options");
      case "pylint-dev/pylint" -> spec(EDITABLE, PYTEST, "pytest_options");
      case "scikit-learn/scikit-learn" ->
          spec(
              "python -m pip install -v --no-use-pep517 --no-build-isolation -e .",
              PYTEST,
              "pytest_v2");
      case "sphinx-doc/sphinx" ->
          spec("python -m pip install -e .[test]", "tox --current-env -epy39 -v --", "pytest_v2");
      case "sympy/sympy" ->
          spec(
              EDITABLE,
              "PYTHONWARNINGS='ignore::UserWarning,ignore::SyntaxWarning' bin/test -C --verbose",
              "sympy");
      default -> Optional.empty();
    };
  }

  private static Optional<RepositorySpec> spec(String install, String test, String parser) {
    return Optional.of(new RepositorySpec(List.of(), install, test, parser, false));
  }

  private static RepositorySpec django(String version) {
    String test =
        version.equals("1.9")
            ? "./tests/runtests.py --verbosity 2"
            : "./tests/runtests.py --verbosity 2 --settings=test_sqlite --parallel 1";
    if (OLD_DJANGO.contains(version)) {
      return new RepositorySpec(
          List.of(
              "export LANG=en_US.UTF-8",
              "export LC_ALL=en_US.UTF-8",
              "export PYTHONIOENCODING=utf8",
              "export LANGUAGE=en_US:en"),
          "python setup.py install",
          test,
          "django",
          true);
    }
    if (OLDEST_DJANGO.contains(version)) {
      return new RepositorySpec(List.of(), "python setup.py install", test, "django", true);
    }
    List<String> locale =
        DJANGO_3.contains(version)
            ? List.of(
                "sed -i '/en_US.UTF-8/s/^# //g' /etc/locale.gen && locale-gen",
                "export LANG=en_US.UTF-8",
                "export LANGUAGE=en_US:en",
                "export LC_ALL=en_US.UTF-8")
            : List.of();
    return new RepositorySpec(locale, EDITABLE, test, "django", true);
  }
}
