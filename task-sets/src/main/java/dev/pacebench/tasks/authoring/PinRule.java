package dev.pacebench.tasks.authoring;

import dev.pacebench.tasks.authoring.Dockerfiles.Instruction;
import dev.pacebench.tasks.files.TreeEntry;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds what another day's build would fetch in another version. */
final class PinRule {

  private static final Pattern PIPED =
      Pattern.compile("(?:curl|wget)\\b[^|;&]*\\|\\s*(?:sudo\\s+)?(?:ba|z|da)?sh\\b");
  private static final Pattern CLONE = Pattern.compile("\\bgit\\s+clone\\b");
  private static final Pattern CHECKOUT =
      Pattern.compile("\\bgit\\b[^;&|]*\\b(?:checkout|reset|switch)\\b[^;&|]*\\b[0-9a-f]{7,40}\\b");
  private static final List<String> WITH_VALUE =
      List.of(
          "-r",
          "--requirement",
          "-c",
          "--constraint",
          "-i",
          "--index-url",
          "--extra-index-url",
          "-f",
          "--find-links",
          "-t",
          "--target",
          "--prefix",
          "--root",
          "--registry",
          "--python");

  private PinRule() {}

  static void examine(TaskText text, Findings out) {
    for (TreeEntry file : text.files("environment", "tests", "Dockerfile")) {
      if (file.path().matches("(.*/)?Dockerfile(\\..+)?")) {
        text.text(file).ifPresent(content -> dockerfile(file, content, out));
      }
    }
  }

  private static void dockerfile(TreeEntry file, String content, Findings out) {
    Set<String> stages = new HashSet<>();
    for (Instruction each : Dockerfiles.parse(content)) {
      String where = TaskText.where(file, each.line());
      switch (each.word()) {
        case "FROM" -> from(where, each.rest(), stages, out);
        case "RUN" -> run(where, each.rest(), out);
        case "ADD" -> add(where, each.rest(), out);
        default -> {}
      }
    }
  }

  private static void from(String where, String rest, Set<String> stages, Findings out) {
    List<String> words =
        Arrays.stream(rest.split("\\s+")).filter(word -> !word.startsWith("--")).toList();
    String image = words.isEmpty() ? "" : words.get(0);
    boolean own = image.startsWith("pacebench/") || image.equals("scratch");
    if (!own && !stages.contains(image.toLowerCase(Locale.ROOT)) && !image.contains("$")) {
      String name = image.substring(image.lastIndexOf('/') + 1);
      boolean digest = image.contains("@sha256:");
      if (!digest && !name.contains(":")) {
        out.warning(where, "the image " + image + " has no tag", "name a tag, or a digest");
      } else if (!digest && name.endsWith(":latest")) {
        out.warning(
            where, "the image " + image + " is another one every day", "name a tag, or a digest");
      } else if (!digest) {
        out.hint(
            where,
            "the tag of " + image + " can be moved",
            "add the digest: " + image + "@sha256:...");
      }
    }
    if (words.size() == 3 && words.get(1).equalsIgnoreCase("AS")) {
      stages.add(words.get(2).toLowerCase(Locale.ROOT));
    }
  }

  private static void run(String where, String rest, Findings out) {
    if (PIPED.matcher(rest).find()) {
      out.warning(
          where,
          "runs what a server sends that day",
          "download a named version, and compare its SHA-256 before running it");
    }
    if (CLONE.matcher(rest).find()) {
      clone(where, rest, out);
    }
    for (String command : rest.split("&&|\\|\\||[;|]")) {
      List<String> words =
          Arrays.stream(command.strip().split("\\s+")).filter(it -> !it.isEmpty()).toList();
      pip(where, words, out);
      packages(where, words, out);
    }
  }

  private static void clone(String where, String rest, Findings out) {
    if (!CHECKOUT.matcher(rest).find()) {
      out.warning(
          where,
          "clones whatever a repository holds that day",
          "check out a commit by its hash after it");
    }
    if (!rest.contains("rm -rf") || !rest.contains(".git")) {
      out.warning(
          where,
          "leaves the repository's later commits where the agent can read them",
          "remove .git, or fetch that one commit alone and expire everything else");
    }
  }

  private static void add(String where, String rest, Findings out) {
    if (rest.matches("(?s).*\\bhttps?://.*") && !rest.contains("--checksum=")) {
      out.warning(where, "adds what a server sends that day", "add --checksum=sha256:...");
    }
  }

  private static void pip(String where, List<String> words, Findings out) {
    int at = words.indexOf("install");
    boolean pip =
        at > 0 && words.subList(0, at).stream().anyMatch(it -> it.matches("(.*/)?(pip[0-9.]*|uv)"));
    if (pip) {
      unpinned(
          where,
          words.subList(at + 1, words.size()),
          "pip installs",
          "==",
          PinRule::pipPinned,
          out);
    }
  }

  private static boolean pipPinned(String name) {
    String plain = name.replaceAll("['\"]", "");
    return plain.contains("==")
        || plain.contains("@")
        || plain.startsWith(".")
        || plain.startsWith("/")
        || plain.endsWith(".whl")
        || plain.contains("$");
  }

  private static void packages(String where, List<String> words, Findings out) {
    if (words.size() < 2) {
      return;
    }
    String program = words.get(0);
    List<String> rest = words.subList(2, words.size());
    switch (program + " " + words.get(1)) {
      case "npm install", "npm i", "npm add", "yarn add", "pnpm add" ->
          unpinned(where, rest, "npm installs", "@", PinRule::npmPinned, out);
      case "gem install" -> {
        if (!rest.contains("-v") && !rest.contains("--version")) {
          unpinned(where, rest, "gem installs", " -v ", name -> name.contains(":"), out);
        }
      }
      case "cargo install" -> {
        if (!rest.contains("--version") && !rest.contains("--path")) {
          unpinned(where, rest, "cargo installs", "@", name -> name.contains("@"), out);
        }
      }
      case "go install" ->
          unpinned(
              where,
              rest,
              "go installs",
              "@v",
              name -> name.startsWith(".") || name.matches(".*@v?[0-9a-f].*"),
              out);
      default -> {}
    }
  }

  private static boolean npmPinned(String name) {
    return name.lastIndexOf('@') > 0 && !name.endsWith("@latest") || name.matches("[./$].*");
  }

  private static void unpinned(
      String where,
      List<String> words,
      String what,
      String mark,
      Predicate<String> pinned,
      Findings out) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (WITH_VALUE.contains(word)) {
        i++;
      } else if (!word.startsWith("-") && !pinned.test(word)) {
        out.warning(
            where,
            what + " " + word + " in whatever version there is that day",
            "name the version: " + word.replaceAll("@latest$", "") + mark + "VERSION");
      }
    }
  }
}
