package dev.pacebench.leaderboard.page.trial;

import dev.pacebench.leaderboard.page.Html;
import dev.pacebench.leaderboard.page.trial.Act.Command;
import dev.pacebench.leaderboard.page.trial.Act.Step;
import dev.pacebench.leaderboard.page.trial.TimeBars.Stretch;
import java.util.ArrayList;
import java.util.List;

/** The steps of an agent phase, each with its place in time, what was said, run and given back. */
final class StepList {

  private static final int SHORT_OUTPUT_LINES = 12;
  private static final int MOST = 2_000;

  private final Html html;
  private final Room room;

  StepList(Html html, Room room) {
    this.html = html;
    this.room = room;
  }

  void write(Act act, String prefix) {
    TimeBars bars = new TimeBars(length(act));
    html.open("ol", "class", "steps");
    int number = 0;
    for (Step step : act.steps().subList(0, Math.min(MOST, act.steps().size()))) {
      step(step, bars, prefix + ++number);
    }
    html.close();
    if (act.steps().size() > MOST) {
      html.leaf("p", (act.steps().size() - MOST) + " more steps are in the evidence.");
    }
    html.open("p", "class", "ended")
        .text(act.ended().equals("deadline") ? "The deadline" : "Ended");
    if (act.seconds() != null) {
      html.text(" after " + Figures.seconds(act.seconds()));
    }
    if (!act.ended().isEmpty() && !act.ended().equals("deadline")) {
      html.text(": ").name(act.ended().replace('_', ' '), 40);
    }
    html.text(".").close();
    act.notes().forEach(this::note);
  }

  /** The phase, or where the last step that is known ended. */
  private static double length(Act act) {
    double last = TimeBars.orNothing(act.seconds());
    for (Step step : act.steps()) {
      last = Math.max(last, end(step));
    }
    return last;
  }

  private static double end(Step step) {
    return TimeBars.orNothing(step.began())
        + TimeBars.orNothing(step.waited())
        + TimeBars.orNothing(step.model())
        + TimeBars.orNothing(step.tools());
  }

  private void step(Step step, TimeBars bars, String id) {
    html.open("li", "id", id, "class", "step by-" + who(step));
    html.open("div", "class", "when");
    html.open("a", "href", "#" + id, "class", "who").text(words(who(step))).close();
    if (step.began() != null) {
      figure("at", Figures.seconds(step.began()));
      timed("waited", step.waited());
      timed("model", step.model());
      timed("tools", step.tools());
      if (step.tokens() != null) {
        figure("tokens", Figures.count(step.tokens()));
      }
    }
    html.close();
    if (step.began() != null && end(step) > TimeBars.orNothing(step.began())) {
      bars.row(html, stretches(step), label(step));
    }
    if (!step.ended().isEmpty()) {
      html.open("p", "class", "cut").text("answer ").name(step.ended(), 80).close();
    }
    folded("reasoning", step.reasoning(), "thought", false);
    said(step);
    step.commands().forEach(this::command);
    step.notes().forEach(this::note);
    html.close();
  }

  private static List<Stretch> stretches(Step step) {
    List<Stretch> all = new ArrayList<>();
    double at = TimeBars.orNothing(step.began());
    double waited = at + TimeBars.orNothing(step.waited());
    double model = waited + TimeBars.orNothing(step.model());
    all.add(new Stretch("limits", at, waited));
    all.add(new Stretch("generating", waited, model));
    all.add(new Stretch("tools", model, model + TimeBars.orNothing(step.tools())));
    return all;
  }

  private static String label(Step step) {
    return "from "
        + Figures.seconds(step.began())
        + ": model "
        + Figures.seconds(step.model())
        + ", tools "
        + Figures.seconds(step.tools());
  }

  private void timed(String name, @org.jspecify.annotations.Nullable Double seconds) {
    if (TimeBars.orNothing(seconds) >= 0.0005) {
      figure(name, Figures.seconds(seconds));
    }
  }

  private void figure(String name, String value) {
    html.open("span", "class", "fact")
        .leaf("span", name + " ", "class", "soft")
        .text(value)
        .close();
  }

  /** One of the few that the page has words and colours for. */
  private static String who(Step step) {
    return switch (step.who()) {
      case "agent", "user", "beside" -> step.who();
      default -> "system";
    };
  }

  private static String words(String who) {
    return switch (who) {
      case "agent" -> "agent";
      case "user" -> "told";
      case "beside" -> "beside";
      default -> "rules";
    };
  }

  /** The rules and the task are long and the same for all; what the agent says is not. */
  private void said(Step step) {
    if (step.said().isBlank()) {
      return;
    }
    if (step.who().equals("agent") || step.who().equals("beside")) {
      html.leaf("pre", room.take(step.said()).strip(), "class", "said", "dir", "auto");
    } else {
      folded(firstLine(step.said()), step.said(), "said", step.said().length() < 600);
    }
  }

  private void command(Command command) {
    html.open("div", "class", "command");
    html.open("pre", "class", command.shell() ? "shell" : "tool");
    if (!command.shell()) {
      html.name(command.tool(), 60).text(" ");
    }
    html.text(room.take(command.text()).stripTrailing()).close();
    html.open("p", "class", "result");
    Integer code = command.exitCode();
    if (code != null) {
      html.leaf("span", "exit " + code, "class", code == 0 ? "fine" : "wrong");
    }
    if (command.seconds() != null) {
      html.text(" in " + Figures.seconds(command.seconds()));
    }
    String output = command.output();
    if (output == null) {
      html.text(" nothing came back");
    } else if (output.isBlank()) {
      html.text(" no output");
    }
    html.close();
    if (output != null) {
      folded(
          lines(output) == 1 ? "1 line of output" : lines(output) + " lines of output",
          output,
          "output",
          lines(output) <= SHORT_OUTPUT_LINES && output.length() < 4_000);
    }
    html.close();
  }

  private void folded(String summary, String text, String kind, boolean open) {
    if (text.isBlank()) {
      return;
    }
    html.open("details", "class", kind, "open", open ? "open" : "");
    html.open("summary").name(summary, 100).close();
    html.leaf("pre", room.take(text).stripTrailing(), "dir", "auto", "tabindex", "0").close();
  }

  private void note(String text) {
    html.open("p", "class", "note").text("note: ").name(text, 400).close();
  }

  private static String firstLine(String text) {
    return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
  }

  private static long lines(String text) {
    return text.lines().count();
  }
}
