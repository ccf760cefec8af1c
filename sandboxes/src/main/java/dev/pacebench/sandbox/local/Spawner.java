package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.dispatch.OutputCollector;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.launcher.CommandLauncher;
import org.apache.commons.exec.launcher.CommandLauncherFactory;

/**
 * Starts the programs that hold sandboxes, all from one thread that lives as long as the provider.
 *
 * <p>The kernel kills a child that asked to die with its parent when the parent's <em>thread</em>
 * ends; a sandbox opened from a pool's thread would die with that thread.
 */
final class Spawner implements AutoCloseable {

  private static final int KEPT_ERRORS = 4096;

  /** A started program and what it says on stderr, kept up to a limit. */
  record Spawned(Process process, OutputCollector kept, Thread drain) {

    /** All of it when the program has ended. */
    String errors() throws InterruptedException {
      drain.join(500);
      return kept.output().text().strip();
    }
  }

  private final CommandLauncher launcher = CommandLauncherFactory.createVMLauncher();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> daemon(task, "local-sandbox-spawner"));

  Spawned spawn(List<String> command, Map<String, String> environment) {
    CommandLine line = new CommandLine(command.get(0));
    command.subList(1, command.size()).forEach(argument -> line.addArgument(argument, false));
    try {
      Process process = thread.submit(() -> launcher.exec(line, environment, new File("/"))).get();
      OutputCollector errors = new OutputCollector(KEPT_ERRORS);
      Thread drain = daemon(() -> drain(process.getErrorStream(), errors), "local-sandbox-errors");
      drain.start();
      return new Spawned(process, errors, drain);
    } catch (ExecutionException e) {
      throw new SandboxException(
          Kind.FAILED,
          command.get(0) + " cannot be started: " + e.getCause(),
          "see whether the machine is out of processes or memory",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(
          Kind.FAILED, "interrupted while a sandbox was opened", "run it again", e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }

  private static void drain(InputStream in, OutputCollector errors) {
    byte[] buffer = new byte[KEPT_ERRORS];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        errors.add(buffer, 0, n);
      }
    } catch (IOException e) {
      // The process was destroyed; what it said until then is kept.
      errors.add(new byte[0]);
    }
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
