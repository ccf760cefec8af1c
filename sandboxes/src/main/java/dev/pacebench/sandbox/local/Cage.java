package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.Mount;
import dev.pacebench.sandbox.RelaySpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line that holds one sandbox, with bubblewrap or, where that is not installed, with
 * {@code inside cage}, which makes the same calls.
 *
 * <p>The dispatcher is the first process of the sandbox's pid namespace: nothing inside can kill,
 * stop or inspect it, and when it ends, everything inside has ended. With a relay there are two
 * layers: an outer one with only a network of its own and the host's files, in which the relay
 * listens, and the sandbox within that network, which cannot see those files.
 */
record Cage(
    Optional<Path> bubblewrap,
    Path inside,
    Path root,
    List<Path> binds,
    List<Mount> mounts,
    Limits limits,
    Optional<RelaySpec> relay,
    Duration life) {

  List<String> command() {
    String seconds = "" + Math.max(1, life.toSeconds());
    String processes = "" + limits.pids().orElse(0);
    String dataBytes = "" + limits.memoryBytes().orElse(0);
    String port = "" + relay.map(RelaySpec::port).orElse(0);
    String socket = relay.map(spec -> spec.socket().toAbsolutePath().toString()).orElse("");
    List<String> command = new ArrayList<>();
    if (bubblewrap.isEmpty()) {
      command.addAll(List.of(inside.toString(), "cage", root.toString(), port, socket, seconds));
      command.addAll(List.of(processes, dataBytes));
      binds.forEach(bind -> command.add(bind.toString()));
      return command;
    }
    String wrap = bubblewrap.get().toString();
    if (relay.isPresent()) {
      command.addAll(List.of(wrap, "--unshare-user", "--unshare-net", "--die-with-parent"));
      command.addAll(List.of("--dev-bind", "/", "/", "--"));
      command.addAll(List.of(inside.toString(), "wrap", port, socket, seconds, wrap));
    } else {
      command.addAll(List.of(wrap, "--unshare-net"));
    }
    command.addAll(List.of("--unshare-user", "--uid", "1000", "--gid", "1000"));
    command.addAll(List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts"));
    command.addAll(List.of("--unshare-cgroup-try", "--hostname", "sandbox"));
    command.addAll(List.of("--die-with-parent", "--new-session", "--as-pid-1"));
    command.addAll(List.of("--cap-drop", "ALL", "--clearenv"));
    command.addAll(List.of("--bind", root.toString(), "/"));
    for (Path bind : binds) {
      command.addAll(List.of("--ro-bind", bind.toString(), bind.toString()));
    }
    for (Mount mount : mounts) {
      command.addAll(List.of("--ro-bind", mount.source().toString(), mount.target()));
    }
    command.addAll(List.of("--ro-bind", inside.toString(), Root.INSIDE));
    command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--chdir", "/", "--"));
    command.addAll(List.of(Root.INSIDE, "dispatch", seconds, processes, dataBytes));
    return command;
  }
}
