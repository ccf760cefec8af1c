package dev.pacebench.tasks.authoring;

import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.files.TreeEntry;
import java.util.List;
import java.util.regex.Pattern;

/** Finds network that is needed while a trial runs, and network that is asked for in vain. */
final class NetworkNeed {

  private static final Pattern FETCHES =
      Pattern.compile(
          "\\b(?:pip[0-9.]*|uv)\\s+(?:pip\\s+)?install\\b|\\bapt(?:-get)?\\s+(?:-\\S+\\s+)*(?:install|update)\\b|\\bapk\\s+add\\b|\\b(?:npm|pnpm|yarn)\\s+(?:install|i|add|ci)\\b|\\b(?:uvx|npx)\\s|\\b(?:curl|wget)\\b[^\\n"
              + "]*\\bhttps?://(?!localhost|127\\.|\\[::1)|\\bgit\\s+(?:clone|fetch|pull)\\b[^\\n"
              + "]*\\bhttps?://|\\b(?:gem|cargo|go)\\s+install\\b|\\bdocker\\s+pull\\b");

  private NetworkNeed() {}

  static void examine(TaskText text, Findings out) {
    Task task = text.task();
    boolean testsFetch =
        look(text, out, task.verifier().network(), "verifier", "tests", "run-tests.sh");
    boolean solutionFetches =
        look(text, out, task.agent().network(), "agent", "solution", "solution.sh");
    boolean public_ =
        task.agent().network() != Network.NONE || task.verifier().network() != Network.NONE;
    if (public_ && !testsFetch && !solutionFetches && !task.environment().networkStated()) {
      out.warning(
          text.field("environment", "network_mode"),
          "is missing, which asks for the whole network, and neither tests nor solution seem to use"
              + " it",
          task.verifier().printed().isPresent()
              ? "say network_mode: none, so that lineups need not allow it"
              : "say network_mode = \"no-network\", so that lineups need not allow it");
    }
  }

  private static boolean look(
      TaskText text, Findings out, Network network, String phase, String... places) {
    boolean any = false;
    List<TreeEntry> files =
        text.files(places).stream().filter(file -> !file.path().endsWith("Dockerfile")).toList();
    for (TreeEntry file : files) {
      List<String> lines = text.text(file).map(it -> it.lines().toList()).orElse(List.of());
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (!line.startsWith("#") && FETCHES.matcher(line).find()) {
          any = true;
          if (network == Network.NONE) {
            out.warning(
                TaskText.where(file, i + 1),
                "seems to fetch something, but the " + phase + " phase has no network",
                "install it in the Dockerfile");
          } else {
            out.warning(
                TaskText.where(file, i + 1),
                "fetches something while a trial runs: its time and result depend on a server",
                "install it in the Dockerfile, with its version");
          }
        }
      }
    }
    return any;
  }
}
