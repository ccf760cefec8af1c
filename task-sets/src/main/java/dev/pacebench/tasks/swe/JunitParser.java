package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.TestStatus;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * JUnit's XML reports, one or several, printed among anything else; a test's name is {@code
 * class.name}.
 */
final class JunitParser implements TestParser {

  private static final Pattern ROOT = Pattern.compile("<testsuites?[\\s>/]");

  private static final XMLInputFactory XML = factory();

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    // The text comes from a sandbox: nothing in it may name a file or grow.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  @Override
  public TestReport parse(String output) {
    Findings found = new Findings();
    Matcher root = ROOT.matcher(output);
    int from = 0;
    while (from < output.length() && root.find(from)) {
      try {
        from = root.start() + document(output.substring(root.start()), found);
      } catch (XMLStreamException e) {
        found.doubt("a report in XML is not well-formed");
        return found.report();
      }
    }
    return found.report();
  }

  /** Reads one document and returns its length. */
  private static int document(String text, Findings found) throws XMLStreamException {
    XMLStreamReader reader;
    synchronized (XML) {
      reader = XML.createXMLStreamReader(new StringReader(text));
    }
    int depth = 0;
    String name = null;
    TestStatus status = TestStatus.PASSED;
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        switch (reader.getLocalName()) {
          case "testcase" -> {
            name = name(reader);
            status = TestStatus.PASSED;
          }
          case "failure" -> status = status.and(TestStatus.FAILED);
          case "error" -> status = status.and(TestStatus.ERROR);
          case "skipped" -> status = status.and(TestStatus.SKIPPED);
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
        if (reader.getLocalName().equals("testcase") && name != null) {
          found.add(name, status);
          name = null;
        }
        if (depth == 0) {
          return Math.max(1, reader.getLocation().getCharacterOffset());
        }
      }
    }
    return text.length();
  }

  private static String name(XMLStreamReader reader) {
    String name = orEmpty(reader.getAttributeValue(null, "name"));
    String owner = orEmpty(reader.getAttributeValue(null, "classname"));
    return owner.isEmpty() ? name : owner + "." + name;
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value.strip();
  }
}
