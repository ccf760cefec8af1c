package dev.pacebench.runner.gateway.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** WebSocket frames written and read byte by byte. */
final class RawFrames {

  /** A frame; {@code raw} is all of it as it came. */
  record Frame(int first, byte[] payload, byte[] raw) {
    int opcode() {
      return first & 0x0f;
    }

    boolean last() {
      return (first & 0x80) != 0;
    }

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    int code() {
      return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }
  }

  static final String CREATE = "{\"type\":\"response.create\",\"model\":\"m\",\"input\":[]}";
  static final String DELTA =
      "{\"type\":\"response.output_text.delta\",\"item_id\":\"i\",\"output_index\":0,"
          + "\"content_index\":0,\"delta\":\"Hi\"}";
  static final String COMPLETED =
      "{\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\",\"status\":\"completed\","
          + "\"model\":\"m\",\"usage\":{\"input_tokens\":10,\"output_tokens\":2,"
          + "\"total_tokens\":12}}}";

  private RawFrames() {}

  static byte[] text(String text, boolean mask) {
    return frame(0x81, text.getBytes(StandardCharsets.UTF_8), mask);
  }

  static byte[] frame(int first, byte[] payload, boolean mask) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 14);
    out.write(first);
    int bit = mask ? 0x80 : 0;
    if (payload.length < 126) {
      out.write(bit | payload.length);
    } else if (payload.length < 65536) {
      out.write(bit | 126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    } else {
      out.write(bit | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) payload.length >>> shift));
      }
    }
    byte[] key = {1, 2, 3, 4};
    if (mask) {
      out.writeBytes(key);
      byte[] masked = payload.clone();
      for (int i = 0; i < masked.length; i++) {
        masked[i] ^= key[i & 3];
      }
      out.writeBytes(masked);
    } else {
      out.writeBytes(payload);
    }
    return out.toByteArray();
  }

  static byte[] close(int code, String reason) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(code >> 8);
    out.write(code);
    out.writeBytes(reason.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** The next frame, unmasked. */
  static Frame read(RawPeer peer) throws IOException {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    int first = peer.read();
    if (first < 0) {
      throw new EOFException("closed");
    }
    raw.write(first);
    int second = peer.read();
    raw.write(second);
    long length = second & 0x7f;
    int more = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (more > 0) {
      byte[] bytes = peer.read(more);
      raw.writeBytes(bytes);
      length = 0;
      for (byte b : bytes) {
        length = length << 8 | b & 0xff;
      }
    }
    byte[] key = (second & 0x80) == 0 ? new byte[4] : peer.read(4);
    byte[] payload = peer.read((int) length);
    raw.writeBytes(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= key[i & 3];
    }
    return new Frame(first, payload, raw.toByteArray());
  }

  /** The next frame that is no ping or pong. */
  static Frame readData(RawPeer peer) throws IOException {
    Frame frame = read(peer);
    while (frame.opcode() == 9 || frame.opcode() == 10) {
      frame = read(peer);
    }
    return frame;
  }

  /** An agent's upgrade, not yet answered. */
  static String upgrade(String token) {
    return "GET /v1/responses HTTP/1.1\r\nHost: gateway\r\nConnection: Upgrade\r\n"
        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "Sec-WebSocket-Extensions: permessage-deflate\r\nSession-Id: s1\r\n"
        + "OpenAI-Beta: responses_websockets=2026-02-06\r\n"
        + "Authorization: Bearer "
        + token
        + "\r\n\r\n";
  }

  /** Upgrades as an agent; fails where it is refused. */
  static RawPeer open(Door door) throws IOException {
    RawPeer agent = RawPeer.to(door.address());
    agent.write(upgrade(door.token()));
    RawPeer.Head head = agent.readHead();
    if (!head.line().contains(" 101 ")) {
      throw new IOException("refused: " + head.text());
    }
    return agent;
  }

  /** Accepts an upgrade as a provider. */
  static RawPeer.Head accept(RawPeer caller) throws Exception {
    RawPeer.Head head = caller.readHead();
    caller.write(acceptance(head));
    return head;
  }

  static String acceptance(RawPeer.Head head) throws Exception {
    String key = head.headers().get("sec-websocket-key");
    byte[] digest =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
    return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Accept: "
        + Base64.getEncoder().encodeToString(digest)
        + "\r\nX-Codex-Turn-State: sticky\r\n\r\n";
  }
}
