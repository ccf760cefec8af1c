package dev.pacebench.runner.trajectory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** What an agent printed, head and tail, for agents that asked no model. */
final class AgentOutput {

  private static final List<String> FILES = List.of("oracle.txt", "stdout.txt", "stderr.txt");
  private static final int END = Texts.LONGEST / FILES.size() / 2 - 100;

  private AgentOutput() {}

  static String of(Path logs) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : FILES) {
      Path file = logs.resolve(name);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > 0) {
        all.append(all.isEmpty() ? "" : "\n").append(ends(file));
      }
    }
    return Texts.cut(all.toString());
  }

  private static String ends(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      if (length <= 2L * END) {
        return part(in, 0, (int) length);
      }
      return part(in, 0, END)
          + "\n[... "
          + (length - 2L * END)
          + " bytes left out ...]\n"
          + part(in, length - END, END);
    }
  }

  private static String part(RandomAccessFile in, long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    in.seek(from);
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
