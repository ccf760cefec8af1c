package dev.pacebench.runner.agent.command;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.runner.lineup.Objection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a lineup says of a program.
 *
 * <p>{@code version} is a word for people to change when their program does; as a setting it is
 * part of the contender digest already.
 *
 * @param run shell source that starts it
 * @param onHost whether it runs on this host, not in the sandbox
 * @param instructionOnStdin whether it gets the instruction there as well as in a file
 * @param retriesItself whether failed model calls are its own business
 */
record CommandSettings(
    String run, boolean onHost, boolean instructionOnStdin, boolean retriesItself) {

  private static final String RUN = "run";
  private static final String WHERE = "where";
  private static final String INSTRUCTION = "instruction";
  private static final String RETRIES = "retries";
  private static final String VERSION = "version";

  /** Values of those settings that have a choice; the first is the default. */
  private static final Map<String, List<String>> CHOICES =
      Map.of(
          WHERE, List.of("sandbox", "host"),
          INSTRUCTION, List.of("stdin", "file"),
          RETRIES, List.of("program", "gateway"));

  private static final List<String> KEYS = List.of(RUN, WHERE, INSTRUCTION, RETRIES, VERSION);

  CommandSettings {
    requireNonNull(run, "run is null");
  }

  /** Of a contender that {@link #check} found nothing wrong with. */
  static CommandSettings of(Contender contender) {
    Map<String, String> settings = contender.settings();
    String run = settings.get(RUN);
    if (run == null) {
      throw new IllegalArgumentException(contender.name() + " has no setting `run`");
    }
    return new CommandSettings(
        run,
        choice(settings, WHERE).equals("host"),
        choice(settings, INSTRUCTION).equals("stdin"),
        choice(settings, RETRIES).equals("program"));
  }

  private static String choice(Map<String, String> settings, String key) {
    return settings.getOrDefault(key, choices(key).get(0));
  }

  private static List<String> choices(String key) {
    return CHOICES.getOrDefault(key, List.of(""));
  }

  /** Whatever is wrong with them. */
  static List<Objection> check(Map<String, String> settings) {
    List<Objection> objections =
        new ArrayList<>(Objection.toSettings(CommandAgent.NAME, settings, KEYS));
    if (settings.getOrDefault(RUN, "").isBlank()) {
      objections.add(
          new Objection(
              "settings",
              "agent `command` needs the setting `run`",
              "say what to run: `settings: {run: \"my-agent --flag\"}`"));
    }
    settings.forEach(
        (key, value) -> {
          if (CHOICES.containsKey(key) && !choices(key).contains(value)) {
            objections.add(
                new Objection(
                    "settings." + key,
                    "`" + key + "` cannot be `" + value + "`",
                    Nearest.hint(value, choices(key))));
          } else if (value.indexOf('\0') >= 0) {
            objections.add(
                new Objection("settings." + key, "`" + key + "` holds a NUL", "take it out"));
          }
        });
    return objections;
  }
}
