package dev.pacebench.tasks.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Packs archives for tests, hostile ones included. */
final class Pack {

  private record Item(String name, char type, byte[] content, int mode, String target) {}

  private final String archive;
  private final List<Item> items = new ArrayList<>();

  private Pack(String archive) {
    this.archive = archive;
  }

  static Pack forName(String archive) {
    return new Pack(archive.toLowerCase(Locale.ROOT));
  }

  Pack file(String name, String content) {
    return file(name, content, 0644);
  }

  Pack file(String name, String content, int mode) {
    return add(name, '0', content.getBytes(StandardCharsets.UTF_8), mode, "");
  }

  /** A file that does not shrink when compressed. */
  Pack noise(String name, int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return add(name, '0', bytes, 0644, "");
  }

  Pack folder(String name) {
    return add(name, '5', new byte[0], 0755, "");
  }

  Pack link(String name, String target) {
    return add(name, '2', new byte[0], 0777, target);
  }

  /** A tar entry of the given type, such as 6 for a pipe. */
  Pack special(String name, char type) {
    return add(name, type, new byte[0], 0644, "target");
  }

  void writeTo(OutputStream out) throws IOException {
    if (archive.endsWith(".zip")) {
      writeZip(out);
    } else if (archive.endsWith(".tar")) {
      writeTar(out);
    } else {
      GZIPOutputStream packed = new GZIPOutputStream(out);
      writeTar(packed);
      packed.finish();
    }
  }

  private Pack add(String name, char type, byte[] content, int mode, String target) {
    items.add(new Item(name, type, content, mode, target));
    return this;
  }

  private void writeTar(OutputStream out) throws IOException {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    for (Item item : items) {
      TarArchiveEntry entry = new TarArchiveEntry(item.name(), (byte) item.type(), true);
      entry.setMode(item.mode());
      entry.setSize(item.content().length);
      entry.setLinkName(item.target());
      tar.putArchiveEntry(entry);
      tar.write(item.content());
      tar.closeArchiveEntry();
    }
    tar.finish();
  }

  private void writeZip(OutputStream out) throws IOException {
    ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out);
    for (Item item : items) {
      ZipArchiveEntry entry = new ZipArchiveEntry(item.name());
      int type =
          switch (item.type()) {
            case '2' -> 0120000;
            case '5' -> 0040000;
            case '6' -> 0010000;
            default -> 0100000;
          };
      entry.setUnixMode(type | item.mode());
      zip.putArchiveEntry(entry);
      zip.write(
          item.type() == '2' ? item.target().getBytes(StandardCharsets.UTF_8) : item.content());
      zip.closeArchiveEntry();
    }
    zip.finish();
  }
}
