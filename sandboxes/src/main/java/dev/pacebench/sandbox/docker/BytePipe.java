package dev.pacebench.sandbox.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded pipe between two threads.
 *
 * <p>Unlike the JDK's it wakes its reader at once rather than within a second, which a round trip
 * of a millisecond needs. Its end lets both sides go; what was written before can still be read.
 */
final class BytePipe {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final byte[] ring;
  private int start;
  private int count;
  private boolean ended;

  BytePipe(int capacity) {
    ring = new byte[capacity];
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    lock.lock();
    try {
      while (done < length) {
        while (count == ring.length && !ended) {
          changed.awaitUninterruptibly();
        }
        if (ended) {
          throw new IOException("the stream has ended");
        }
        int at = (start + count) % ring.length;
        int n = Math.min(length - done, Math.min(ring.length - count, ring.length - at));
        System.arraycopy(bytes, offset + done, ring, at, n);
        count += n;
        done += n;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  int read(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      while (count == 0 && !ended) {
        changed.awaitUninterruptibly();
      }
      if (count == 0) {
        return -1;
      }
      int n = Math.min(length, Math.min(count, ring.length - start));
      System.arraycopy(ring, start, bytes, offset, n);
      start = (start + n) % ring.length;
      count -= n;
      changed.signalAll();
      return n;
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  OutputStream writer() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        BytePipe.this.write(bytes, offset, length);
      }
    };
  }

  InputStream reader() {
    return new InputStream() {
      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        return BytePipe.this.read(bytes, offset, length);
      }

      @Override
      public int available() {
        lock.lock();
        try {
          return count;
        } finally {
          lock.unlock();
        }
      }

      @Override
      public void close() {
        end();
      }
    };
  }
}
