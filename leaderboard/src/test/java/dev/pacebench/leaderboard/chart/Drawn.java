package dev.pacebench.leaderboard.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A chart as a program that reads SVG sees it. */
final class Drawn {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+");

  private final Document document;

  private Drawn(Document document) {
    this.document = document;
  }

  /** Fails for anything that is no well-formed XML. */
  static Drawn of(String svg) {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    try {
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new Drawn(factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg))));
    } catch (ParserConfigurationException | java.io.IOException | org.xml.sax.SAXException e) {
      throw new AssertionError("no SVG: " + e.getMessage() + "\n" + svg, e);
    }
  }

  /** The elements of a name, in order. */
  List<Element> all(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  /** What all elements of a name say. */
  List<String> texts(String name) {
    return all(name).stream().map(Element::getTextContent).toList();
  }

  /** The marks that stand for one thing. */
  List<Element> parts(String part) {
    return all("*").stream().filter(it -> it.getAttribute("data-part").equals(part)).toList();
  }

  /** Where a text of the axes begins. */
  double x(String text) {
    List<Element> found =
        all("text").stream().filter(it -> it.getTextContent().equals(text)).toList();
    assertThat(found).as(text).hasSize(1);
    return Double.parseDouble(found.get(0).getAttribute("x"));
  }

  /** All numbers of a path. */
  static List<Double> numbers(Element path) {
    Matcher matcher = NUMBER.matcher(path.getAttribute("d"));
    List<Double> numbers = new ArrayList<>();
    while (matcher.find()) {
      numbers.add(Double.parseDouble(matcher.group()));
    }
    return numbers;
  }

  /** All names of attributes. */
  List<String> attributes() {
    List<String> names = new ArrayList<>();
    for (Element element : all("*")) {
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        names.add(element.getAttributes().item(i).getNodeName());
      }
    }
    return names;
  }
}
