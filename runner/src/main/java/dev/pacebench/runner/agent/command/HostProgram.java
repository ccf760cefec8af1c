package dev.pacebench.runner.agent.command;

import dev.pacebench.runner.agent.AgentEnd;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.launcher.CommandLauncher;
import org.apache.commons.exec.launcher.CommandLauncherFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One execution of a program on the host, from its start to the end of all it started. */
final class HostProgram {

  private static final Logger LOG = LoggerFactory.getLogger(HostProgram.class);
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final int BUFFER = 1 << 16;
  private static final long LAST_OUTPUT_MILLIS = TimeUnit.SECONDS.toMillis(2);

  private final CommandLauncher launcher = CommandLauncherFactory.createVMLauncher();
  private final String script;
  private final Map<String, String> environment;
  private final Path folder;
  private final ProcessTree.Mark mark;

  /**
   * A program.
   *
   * @param script shell source
   * @param environment all of it
   * @param folder where it starts
   */
  HostProgram(String script, Map<String, String> environment, Path folder, ProcessTree.Mark mark) {
    this.script = script;
    this.environment = Map.copyOf(environment);
    this.folder = folder;
    this.mark = mark;
  }

  /** What programs see of this process's environment; keys of providers may be in it. */
  static Map<String, String> environment(Map<String, String> own) {
    return Map.of(
        "PATH", own.getOrDefault("PATH", USUAL_PATH),
        "LANG", own.getOrDefault("LANG", "C.UTF-8"));
  }

  /** Runs it to its end; an interruption ends it. */
  AgentEnd run(byte[] stdin, ProgramLogs logs) throws InterruptedException {
    Process process;
    try {
      process = start();
    } catch (IOException e) {
      return ProgramLogs.crashed("the agent's program could not be started: " + e.getMessage());
    }
    ProcessTree tree = new ProcessTree(process.toHandle(), mark);
    Thread in = thread(() -> feed(process.getOutputStream(), stdin), "stdin");
    Thread out = thread(() -> drain(process.getInputStream(), logs::stdout), "stdout");
    Thread err = thread(() -> drain(process.getErrorStream(), logs::stderr), "stderr");
    boolean ended = false;
    try {
      int code = process.waitFor();
      end(tree);
      ended = true;
      out.join(LAST_OUTPUT_MILLIS);
      err.join(LAST_OUTPUT_MILLIS);
      return logs.end(code);
    } finally {
      if (!ended) {
        end(tree);
      }
      // A process that none of the marks found may still hold them.
      close(process);
      in.interrupt();
    }
  }

  private Process start() throws IOException {
    List<String> words = new ArrayList<>();
    // A session of its own is also a process group of its own.
    if (isInstalled("setsid")) {
      words.add("setsid");
    }
    words.addAll(List.of(isInstalled("bash") ? "bash" : "sh", "-c", script));
    CommandLine line = new CommandLine(words.get(0));
    words.subList(1, words.size()).forEach(word -> line.addArgument(word, false));
    return launcher.exec(line, environment, folder.toFile());
  }

  private boolean isInstalled(String name) {
    String path = environment.getOrDefault("PATH", USUAL_PATH);
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, name)));
  }

  private static void end(ProcessTree tree) {
    int left = tree.end();
    if (left > 0) {
      LOG.warn("{} processes of the agent's program could not be ended", left);
    }
  }

  private static void feed(OutputStream to, byte[] bytes) {
    try (to) {
      to.write(bytes);
    } catch (IOException e) {
      LOG.debug("the agent's program did not read all of its stdin", e);
    }
  }

  private static void drain(InputStream from, Consumer<byte[]> to) {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        to.accept(Arrays.copyOf(buffer, n));
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("the output of the agent's program ended", e);
    }
  }

  private static void close(Process process) {
    for (AutoCloseable stream :
        List.of(process.getOutputStream(), process.getInputStream(), process.getErrorStream())) {
      try {
        stream.close();
      } catch (Exception e) {
        LOG.debug("closing failed", e);
      }
    }
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, "agent-program-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
