package dev.pacebench.tasks.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Reads the entries of a zip or tar archive in order. */
final class ArchiveReader {

  static final List<String> ENDINGS = List.of(".tar.gz", ".tgz", ".tar", ".zip");

  private static final int OWNER_EXECUTE = 0100;
  private static final int LONGEST_LINK = 4096;

  /** Takes one entry; the stream holds a file's bytes, or a link's target. */
  interface Sink {
    void accept(ArchiveEntry entry, InputStream content) throws IOException;
  }

  private ArchiveReader() {}

  static void read(Path archive, Sink sink) throws IOException {
    String name = archive.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".zip")) {
      readZip(archive, sink);
      return;
    }
    try (InputStream file = Files.newInputStream(archive)) {
      InputStream plain =
          name.endsWith(".tar")
              ? file
              : GzipCompressorInputStream.builder()
                  .setInputStream(file)
                  .setDecompressConcatenated(true)
                  .get();
      readTar(plain, sink);
    }
  }

  /** Text from a link's stream; longer than any file system takes is cut and so refused later. */
  static String linkText(InputStream content) throws IOException {
    return new String(content.readNBytes(LONGEST_LINK), StandardCharsets.UTF_8);
  }

  private static void readTar(InputStream plain, Sink sink) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(plain, "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        ArchiveEntry declared =
            new ArchiveEntry(
                entry.getName(), kind(entry, tar), (entry.getMode() & OWNER_EXECUTE) != 0);
        InputStream content =
            entry.isSymbolicLink()
                ? new ByteArrayInputStream(entry.getLinkName().getBytes(StandardCharsets.UTF_8))
                : tar;
        sink.accept(declared, content);
      }
    }
  }

  private static ArchiveEntry.Kind kind(TarArchiveEntry entry, TarArchiveInputStream tar) {
    if (entry.isSymbolicLink()) {
      return ArchiveEntry.Kind.LINK;
    }
    if (entry.isLink()) {
      return ArchiveEntry.Kind.HARD_LINK;
    }
    if (entry.isDirectory()) {
      return ArchiveEntry.Kind.DIRECTORY;
    }
    if (!entry.isFile() || entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()) {
      return ArchiveEntry.Kind.SPECIAL;
    }
    return tar.canReadEntryData(entry) ? ArchiveEntry.Kind.FILE : ArchiveEntry.Kind.UNREADABLE;
  }

  private static void readZip(Path archive, Sink sink) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        ArchiveEntry declared =
            new ArchiveEntry(
                entry.getName(), kind(entry, zip), (entry.getUnixMode() & OWNER_EXECUTE) != 0);
        if (declared.kind() == ArchiveEntry.Kind.FILE
            || declared.kind() == ArchiveEntry.Kind.LINK) {
          try (InputStream content = zip.getInputStream(entry)) {
            sink.accept(declared, content);
          }
        } else {
          sink.accept(declared, InputStream.nullInputStream());
        }
      }
    }
  }

  private static ArchiveEntry.Kind kind(ZipArchiveEntry entry, ZipFile zip) {
    if (!zip.canReadEntryData(entry)) {
      return ArchiveEntry.Kind.UNREADABLE;
    }
    int type = entry.getUnixMode() & 0170000;
    return switch (type) {
      case 0120000 -> ArchiveEntry.Kind.LINK;
      case 0, 0100000, 0040000 ->
          entry.isDirectory() ? ArchiveEntry.Kind.DIRECTORY : ArchiveEntry.Kind.FILE;
      default -> ArchiveEntry.Kind.SPECIAL;
    };
  }
}
