package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.batch.Rebuild;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.serve.LowPriority;
import dev.pacebench.runner.serve.PageServer;
import dev.pacebench.runner.serve.ServeSettings;
import dev.pacebench.runner.store.Database;
import dev.pacebench.sandbox.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the board in a browser, live while runs go on. */
@Command(
    name = "serve",
    description = "Show the board and all trials in a browser, live while runs go on.")
final class ServeCommand implements Callable<Integer> {

  static final String TOKEN_VARIABLE = "PACEBENCH_SERVE_TOKEN";
  private static final int USUAL_PORT = 7333;
  private static final int LONGEST_TOKEN = 4096;

  private final Cli cli;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on, 0 for any that is free. Default: ${DEFAULT-VALUE}.")
  private int port = USUAL_PORT;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on. Default: ${DEFAULT-VALUE}, which this machine alone reaches; any"
              + " other needs a token.")
  private String bind = "127.0.0.1";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with the token that everybody must give, at least 16 characters; or $"
              + TOKEN_VARIABLE
              + ".")
  private @Nullable Path tokenFile;

  @Option(
      names = "--name",
      paramLabel = "HOST",
      description = "A further name under which the server is reached. May be repeated.")
  private List<String> names = new ArrayList<>();

  ServeCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    Home home = cli.home();
    ServeSettings settings = new ServeSettings(bind, port, token(), names, Version.number());
    if (!Files.isDirectory(home.root())) {
      throw new UserError(
          home.root().toString(),
          Files.exists(home.root())
              ? "is a file where a folder is needed"
              : "there is no such home",
          "start a run with `pacebench run` or `pacebench demo`, or name another home with --home");
    }
    // Says at once what is wrong with the database, if anything is.
    boolean any = Readers.readIfAny(cli, store -> !store.runs().isEmpty()).orElse(false);
    CountDownLatch end = new CountDownLatch(1);
    // Low priority comes last: there is no way back from it, so what cannot start is left as it
    // was.
    try (PageServer server =
            PageServer.start(home, () -> open(home), new LiveFigures(cli), settings);
        LowPriority low = LowPriority.ask();
        Signals signals = new Signals(end::countDown, () -> Runtime.getRuntime().halt(0))) {
      if (cli.isJson()) {
        cli.json(Map.of("url", server.url().toString(), "home", home.root().toString()));
      } else {
        cli.line(server.url().toString());
      }
      cli.out().flush();
      cli.note(
          (any ? "" : "there is no run here yet; the page fills as soon as one begins\n")
              + (settings.token().isPresent()
                  ? "open it once with ?token=… behind the address; "
                  : "")
              + "Ctrl-C ends it");
      end.await();
      cli.note("stopped");
    }
    return 0;
  }

  private Optional<Database> open(Home home) {
    return Rebuild.openExisting(home, cli.databaseUrl(), new FolderEvidence(), Owner.self());
  }

  private Optional<String> token() {
    Path file = tokenFile;
    if (file == null) {
      String variable = cli.env().getOrDefault(TOKEN_VARIABLE, "");
      return variable.isEmpty() ? Optional.empty() : Optional.of(variable);
    }
    try {
      if (Files.size(file) > LONGEST_TOKEN) {
        throw new UserError(
            file.toString(), "is too long for a token", "name a file with one line");
      }
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new UserError(
          file.toString(),
          "the token cannot be read: " + e.getClass().getSimpleName(),
          "make it with: (umask 077; head -c 24 /dev/urandom | base64 > FILE)");
    }
  }
}
