package dev.pacebench.runner.lineup;

import dev.pacebench.runner.UserError;
import java.util.ArrayList;
import java.util.List;

/** Gathers everything that is wrong with an input, so that it can be mended in one go. */
public final class ProblemList {

  private static final int SHOWN = 20;

  private record Entry(String where, String what, String remedy) {}

  private final List<Entry> entries = new ArrayList<>();

  public void add(String where, String what, String remedy) {
    entries.add(new Entry(where, what, remedy));
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Throws one error that names every problem; does nothing without one. */
  public void throwIfAny() {
    if (!entries.isEmpty()) {
      throw toError();
    }
  }

  private UserError toError() {
    if (entries.size() == 1) {
      Entry only = entries.get(0);
      return new UserError(only.where, only.what, only.remedy);
    }
    StringBuilder text = new StringBuilder(entries.size() + " problems");
    for (Entry entry : entries.subList(0, Math.min(SHOWN, entries.size()))) {
      text.append("\n  ");
      if (!entry.where.isEmpty()) {
        text.append(entry.where).append(": ");
      }
      text.append(entry.what).append("; ").append(entry.remedy);
    }
    if (entries.size() > SHOWN) {
      text.append("\n  and ").append(entries.size() - SHOWN).append(" more");
    }
    return new UserError("", text.toString(), "mend each of them as it says, then start again");
  }
}
