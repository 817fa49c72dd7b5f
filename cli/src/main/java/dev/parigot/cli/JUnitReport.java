package dev.parigot.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * The results of tests as CI servers read them: JUnit's XML, a suite for each test module. A failed
 * assertion is a {@code failure}, all else an {@code error}; its {@code type} is the kind.
 *
 * @param properties of the run, such as its seed
 */
record JUnitReport(String app, Map<String, String> properties, List<Case> cases) {
  /**
   * A test.
   *
   * @param kind null if it passed
   * @param message why it failed, in short
   * @param details all that helps to find why
   * @param output what the app wrote
   */
  record Case(
      String module,
      String method,
      double seconds,
      @Nullable FailureKind kind,
      String message,
      String details,
      String output) {}

  /** Replaces the file. Throws {@link UserMistake} if it can't be written. */
  void write(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try (Writer out = Files.newBufferedWriter(file)) {
        write(out);
      }
    } catch (IOException e) {
      throw new UserMistake(file + " can't be written: " + e);
    }
  }

  private void write(Writer out) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      writeCounts(xml, app, cases);
      Map<String, List<Case>> modules = new LinkedHashMap<>();
      cases.forEach(
          each -> modules.computeIfAbsent(each.module(), _ -> new ArrayList<>()).add(each));
      for (Map.Entry<String, List<Case>> module : modules.entrySet()) {
        writeSuite(xml, module.getKey(), module.getValue());
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      // What is written is always well-formed: it is the file that failed.
      throw new IOException(e);
    }
  }

  private void writeSuite(XMLStreamWriter xml, String module, List<Case> suite)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    writeCounts(xml, module, suite);
    xml.writeCharacters("\n    ");
    xml.writeStartElement("properties");
    for (Map.Entry<String, String> property : properties.entrySet()) {
      xml.writeEmptyElement("property");
      xml.writeAttribute("name", property.getKey());
      xml.writeAttribute("value", property.getValue());
    }
    xml.writeEndElement();
    for (Case each : suite) {
      writeCase(xml, each);
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static void writeCounts(XMLStreamWriter xml, String name, List<Case> cases)
      throws XMLStreamException {
    long failures = cases.stream().filter(each -> each.kind() == FailureKind.ASSERTION).count();
    long failed = cases.stream().filter(each -> each.kind() != null).count();
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", String.valueOf(cases.size()));
    xml.writeAttribute("failures", String.valueOf(failures));
    xml.writeAttribute("errors", String.valueOf(failed - failures));
    xml.writeAttribute("time", seconds(cases.stream().mapToDouble(Case::seconds).sum()));
  }

  private static void writeCase(XMLStreamWriter xml, Case each) throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", each.module());
    xml.writeAttribute("name", each.method());
    xml.writeAttribute("time", seconds(each.seconds()));
    FailureKind kind = each.kind();
    if (kind != null) {
      xml.writeStartElement(kind == FailureKind.ASSERTION ? "failure" : "error");
      xml.writeAttribute("type", kind.toString());
      xml.writeAttribute("message", legal(each.message()));
      xml.writeCharacters(legal(each.details()));
      xml.writeEndElement();
    }
    if (!each.output().isEmpty()) {
      xml.writeStartElement("system-out");
      xml.writeCharacters(legal(each.output()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  /** XML has no way to write most control characters, nor half of a surrogate pair. */
  private static String legal(String text) {
    return text.codePoints()
        .map(each ->
            each == '\t'
                    || each == '\n'
                    || each == '\r'
                    || each >= ' ' && each <= 0xd7ff
                    || each >= 0xe000 && each <= 0xfffd
                    || each >= 0x10000
                ? each
                : 0xfffd)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
