package dev.pacebench.runner.trajectory;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits shell source into simple commands and their words, roughly as a shell would.
 *
 * <p>Quotes, comments and here-documents are heeded; nothing is expanded. For telling what a script
 * is about, never for running it.
 */
final class ShellWords {

  private static final int LONGEST = 1 << 16;

  private final String source;
  private final List<List<String>> commands = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private final List<String> documents = new ArrayList<>();
  private int position;

  private ShellWords(String source) {
    this.source = source.length() > LONGEST ? source.substring(0, LONGEST) : source;
  }

  static List<List<String>> commands(String source) {
    ShellWords splitting = new ShellWords(source);
    splitting.split();
    return splitting.commands;
  }

  private void split() {
    while (position < source.length()) {
      char c = source.charAt(position++);
      switch (c) {
        case '\'' -> quoted('\'');
        case '"' -> quoted('"');
        case '\\' -> escaped();
        case '#' -> {
          if (inWord) {
            word.append(c);
          } else {
            toEndOfLine();
          }
        }
        case ' ', '\t', '\r' -> endWord();
        case '\n' -> {
          endCommand();
          passDocuments();
        }
        case ';', '&', '|', '(', ')', '`' -> endCommand();
        case '<' -> redirected();
        default -> add(c);
      }
    }
    endCommand();
  }

  private void quoted(char quote) {
    inWord = true;
    while (position < source.length() && source.charAt(position) != quote) {
      if (quote == '"' && source.charAt(position) == '\\' && position + 1 < source.length()) {
        position++;
      }
      word.append(source.charAt(position++));
    }
    position++;
  }

  private void escaped() {
    if (position < source.length() && source.charAt(position) != '\n') {
      add(source.charAt(position));
    }
    position++;
  }

  private void toEndOfLine() {
    while (position < source.length() && source.charAt(position) != '\n') {
      position++;
    }
  }

  private void redirected() {
    endWord();
    boolean document = source.startsWith("<", position) && !source.startsWith("<<", position);
    if (!document) {
      while (source.startsWith("<", position)) {
        position++;
      }
      words.add("<");
      return;
    }
    position++;
    if (source.startsWith("-", position)) {
      position++;
    }
    int from = position;
    while (position < source.length() && " \t\n;&|<>()".indexOf(source.charAt(position)) < 0) {
      position++;
    }
    documents.add(source.substring(from, position).replaceAll("[\\\\'\"]", ""));
  }

  /** Here-documents are data, whatever stands in them. */
  private void passDocuments() {
    for (String end : documents) {
      while (position < source.length()) {
        int from = position;
        toEndOfLine();
        String line = source.substring(from, position).strip();
        position++;
        if (line.equals(end)) {
          break;
        }
      }
    }
    documents.clear();
  }

  private void add(char c) {
    word.append(c);
    inWord = true;
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private void endCommand() {
    endWord();
    if (!words.isEmpty()) {
      commands.add(words);
      words = new ArrayList<>();
    }
  }
}
