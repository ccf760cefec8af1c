package dev.pacebench.tasks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the templates in a task's environment variables.
 *
 * <p>A template is <code>${NAME}</code> or <code>${NAME:-default}</code>; the default holds when
 * the variable is absent or empty. A dollar sign without a brace stands for itself, and a default
 * is plain text: templates do not nest.
 */
public final class EnvTemplates {

  private static final Pattern TEMPLATE = Pattern.compile("\\$\\{([^}]*)\\}");
  private static final Pattern BODY =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

  private EnvTemplates() {}

  /**
   * Resolves all templates.
   *
   * @param where the task and field the variables belong to, for messages
   * @param templates variable names and templates
   * @param values where the values come from, such as the host's environment
   * @throws TaskException with every variable that lacks a value
   */
  public static Map<String, String> resolve(
      String where, Map<String, String> templates, Map<String, String> values) {
    Map<String, String> resolved = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    templates.forEach(
        (name, template) ->
            resolved.put(name, fill(where + "." + name, template, values, problems)));
    if (!problems.isEmpty()) {
      throw new TaskException(problems);
    }
    return resolved;
  }

  /** What is wrong with a template's spelling, if anything. */
  public static Optional<String> misspelling(String template) {
    Matcher matcher = TEMPLATE.matcher(template);
    int end = 0;
    while (matcher.find()) {
      if (!BODY.matcher(matcher.group(1)).matches()) {
        return Optional.of(matcher.group() + " is neither ${NAME} nor ${NAME:-default}");
      }
      end = matcher.end();
    }
    return template.indexOf("${", end) >= 0
        ? Optional.of("${ without a closing brace")
        : Optional.empty();
  }

  private static String fill(
      String field, String template, Map<String, String> values, List<Problem> problems) {
    Optional<String> misspelling = misspelling(template);
    if (misspelling.isPresent()) {
      problems.add(Problem.error(field, misspelling.get(), "correct the template"));
      return template;
    }
    return TEMPLATE
        .matcher(template)
        .replaceAll(
            match -> Matcher.quoteReplacement(value(field, match.group(1), values, problems)));
  }

  private static String value(
      String field, String body, Map<String, String> values, List<Problem> problems) {
    Matcher matcher = BODY.matcher(body);
    if (!matcher.matches()) {
      throw new IllegalStateException("unchecked template: " + body);
    }
    String name = matcher.group(1);
    String found = values.get(name);
    if (found != null && !found.isEmpty()) {
      return found;
    }
    if (matcher.group(2) != null) {
      return matcher.group(2);
    }
    if (found == null) {
      problems.add(
          Problem.error(
              field,
              "the variable " + name + " has no value here",
              "set " + name + " before the run, or give a default: ${" + name + ":-...}"));
    }
    return "";
  }
}
