package dev.pacebench.runner.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that was looked at when an agent was tried.
 *
 * @param way protocol and transport; empty for what holds for all
 * @param remedy empty when there is nothing to do
 */
record AgentFinding(String way, String step, boolean holds, String what, String remedy) {

  static AgentFinding good(String step, String what) {
    return new AgentFinding("", step, true, what, "");
  }

  String line(boolean colour) {
    String mark = holds ? "ok  " : "FAIL";
    if (colour) {
      mark = "\u001b[" + (holds ? "32" : "31") + "m" + mark + "\u001b[0m";
    }
    String head = (way.isEmpty() ? "" : way + ": ") + step;
    String text = mark + "  " + String.format(Locale.ROOT, "%-44s ", head) + Cli.safe(what, 400);
    return remedy.isEmpty() ? text : text + "\n      remedy: " + Cli.safe(remedy, 400);
  }

  Map<String, Object> document() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("way", way.isEmpty() ? null : way);
    object.put("step", step);
    object.put("holds", holds);
    object.put("what", what);
    object.put("remedy", remedy.isEmpty() ? null : remedy);
    return object;
  }
}
