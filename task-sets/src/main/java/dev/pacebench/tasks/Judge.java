package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How the tests of a changed repository are run, and who reads what they print. */
public sealed interface Judge {

  /** Name of the reader of what the tests print. */
  String parser();

  /**
   * Own commands, with hidden tests laid over the repository.
   *
   * @param before commands that must succeed before the tests, such as a build
   * @param command runs the tests; what it prints is parsed
   * @param folder hidden test files, laid over the repository
   * @param patch hidden tests as a patch
   */
  record Commands(
      List<String> before,
      String command,
      String parser,
      Optional<Path> folder,
      Optional<Path> patch)
      implements Judge {
    public Commands {
      before = List.copyOf(before);
      requireNonNull(command, "command is null");
      requireNonNull(parser, "parser is null");
      requireNonNull(folder, "folder is null");
      requireNonNull(patch, "patch is null");
    }
  }

  /**
   * One script, as SWE-bench has it.
   *
   * @param script brings the tests itself and prints marks around their output
   * @param failOnly whether a test that is not told of counts as passed
   */
  record EvalScript(String script, String parser, boolean failOnly) implements Judge {
    public EvalScript {
      requireNonNull(script, "script is null");
      requireNonNull(parser, "parser is null");
    }
  }

  /**
   * A script that runs and a program that reads, as SWE-bench Pro has them.
   *
   * @param runScript runs the test files it is given
   * @param parserScript makes {@code output.json} from what the tests print
   * @param testFiles given to the run script
   * @param before puts the hidden tests in place
   * @param env variables of the image's own Dockerfiles
   */
  record ProScripts(
      Path runScript, Path parserScript, List<String> testFiles, String before, String env)
      implements Judge {
    public ProScripts {
      requireNonNull(runScript, "runScript is null");
      requireNonNull(parserScript, "parserScript is null");
      testFiles = List.copyOf(testFiles);
      requireNonNull(before, "before is null");
      requireNonNull(env, "env is null");
    }

    @Override
    public String parser() {
      return "output.json";
    }
  }
}
