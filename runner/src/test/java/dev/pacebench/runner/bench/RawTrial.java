package dev.pacebench.runner.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The engine calls that a trial cannot avoid: create, start, one exec, one archive in, one archive
 * out, remove.
 */
final class RawTrial implements AutoCloseable {

  private static final String IMAGE = "pacebench/starter";
  private static final String LABELS = "\"Labels\":{\"dev.pacebench.bench\":\"raw\"}";

  private final RawEngine engine;
  private final byte[] tests;

  RawTrial(Path socket) throws IOException {
    engine = new RawEngine(socket);
    tests =
        tar(
            "tests/test.sh",
            "#!/bin/sh\nmkdir -p /logs/verifier; echo 0 > /logs/verifier/reward.txt\n");
  }

  /** What a relay costs: a container on the bridge network that is disconnected again. */
  String startRelay() throws IOException {
    String id =
        RawEngine.field(
            engine
                .json(
                    "POST",
                    "/containers/create",
                    "{\"Image\":\""
                        + IMAGE
                        + "\",\"Entrypoint\":[\"sleep\"],\"Cmd\":[\"600\"],"
                        + LABELS
                        + ",\"HostConfig\":{\"LogConfig\":{\"Type\":\"none\"}}}")
                .require(201)
                .text(),
            "Id");
    engine.json("POST", "/containers/" + id + "/start", "").require(204);
    engine
        .json(
            "POST", "/networks/bridge/disconnect", "{\"Container\":\"" + id + "\",\"Force\":true}")
        .require(200);
    return id;
  }

  void remove(String id) throws IOException {
    engine.json("DELETE", "/containers/" + id + "?force=1&v=1", "").require(204);
  }

  void run(String relay) throws IOException {
    String id =
        RawEngine.field(
            engine
                .json(
                    "POST",
                    "/containers/create",
                    "{\"Image\":\""
                        + IMAGE
                        + "\",\"Entrypoint\":[\"sleep\"],\"Cmd\":[\"600\"],"
                        + LABELS
                        + ",\"HostConfig\":{\"NetworkMode\":\"container:"
                        + relay
                        + "\","
                        + "\"LogConfig\":{\"Type\":\"none\"},\"PidsLimit\":4096,"
                        + "\"CapDrop\":[\"MKNOD\",\"NET_RAW\"],\"SecurityOpt\":[\"no-new-privileges\"]}}")
                .require(201)
                .text(),
            "Id");
    engine.json("POST", "/containers/" + id + "/start", "").require(204);
    engine
        .call("PUT", "/containers/" + id + "/archive?path=/", "application/x-tar", tests)
        .require(200);
    engine.execToEnd(id, "/tests/test.sh");
    engine.json("GET", "/containers/" + id + "/archive?path=/logs/verifier", "").require(200);
    remove(id);
  }

  /** A new exec of {@code true}. */
  void exec(String container) throws IOException {
    engine.execToEnd(container, "true");
  }

  private static byte[] tar(String name, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      byte[] data = content.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(data.length);
      entry.setMode(0755);
      tar.putArchiveEntry(entry);
      tar.write(data);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }
}
