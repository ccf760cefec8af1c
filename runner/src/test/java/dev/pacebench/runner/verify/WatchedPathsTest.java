package dev.pacebench.runner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchedPathsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/bash",
        "/usr/bin/bash",
        "/usr/bin/sh",
        "/usr/local/bin/python3",
        "/usr/bin/python3.11",
        "/usr/local/sbin/grep",
        "/usr/bin/[",
        "/etc/ld.so.preload",
        "/etc/ld.so.conf.d/x.conf",
        "/lib64/ld-linux-x86-64.so.2",
        "/usr/lib/x86_64-linux-gnu/libc.so.6",
        "/usr/local/lib/libc.so.6",
        "/etc/profile",
        "/etc/profile.d/a.sh",
        "/root/.bashrc",
        "/etc/environment",
        "/usr/lib/python3/dist-packages/evil.pth",
        "/usr/local/lib/python3.11/site-packages/sitecustomize.py",
        "/usr/lib/python3.11/sitecustomize.py",
        "/usr/lib/python3.11/os.py",
        "/usr/local/lib/python3.11/site-packages/_pytest/main.py",
        "/conftest.py",
        "/etc/alternatives/awk"
      })
  void whatAVerifierReliesOnIsWatched(String path) {
    assertThat(WatchedPaths.watches(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app/bash",
        "/usr/local/bin/my-tool",
        "/app/site-packages/x.py",
        "/home/a/.bashrc",
        "/app/conftest.py",
        "/usr/lib/python3.11/__pycache__/os.cpython-311.pyc",
        "/etc/nginx/nginx.conf",
        "/usr/bin/nginx",
        "/usr/lib/x86_64-linux-gnu/libssl.so.3",
        "/tmp/sh",
        "/etc/alternatives/editor",
        "/usr/bin"
      })
  void whatATaskMayWellChangeIsNot(String path) {
    assertThat(WatchedPaths.watches(path)).isFalse();
  }
}
