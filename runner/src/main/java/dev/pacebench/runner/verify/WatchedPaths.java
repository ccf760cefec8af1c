package dev.pacebench.runner.verify;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which paths of a sandbox can make a shared verifier lie when they differ from the image.
 *
 * <p>Interpreters and the tools that test scripts call, the loader and the C library, shell
 * profiles, and what Python and pytest read when they start. A tool is watched by its name in every
 * folder of the search path, so one that is put in front of the image's counts too.
 */
final class WatchedPaths {

  private static final Set<String> TOOLS =
      Set.of(
          "[",
          "awk",
          "base64",
          "basename",
          "bash",
          "busybox",
          "cat",
          "chmod",
          "cmp",
          "comm",
          "cp",
          "curl",
          "cut",
          "dash",
          "date",
          "diff",
          "dirname",
          "echo",
          "egrep",
          "env",
          "expr",
          "false",
          "fgrep",
          "file",
          "find",
          "gawk",
          "gcc",
          "getent",
          "git",
          "go",
          "grep",
          "gzip",
          "head",
          "id",
          "install",
          "java",
          "javac",
          "jq",
          "kill",
          "ln",
          "ls",
          "make",
          "mawk",
          "md5sum",
          "mkdir",
          "mktemp",
          "mv",
          "nc",
          "node",
          "npm",
          "npx",
          "od",
          "perl",
          "pgrep",
          "pip",
          "pip3",
          "pkill",
          "printf",
          "ps",
          "pwd",
          "py.test",
          "pytest",
          "readlink",
          "realpath",
          "rm",
          "rmdir",
          "ruby",
          "runuser",
          "sed",
          "seq",
          "sh",
          "sha1sum",
          "sha256sum",
          "sleep",
          "sort",
          "stat",
          "su",
          "sudo",
          "tail",
          "tar",
          "tee",
          "test",
          "timeout",
          "touch",
          "tr",
          "true",
          "uname",
          "uniq",
          "unzip",
          "uv",
          "uvx",
          "wc",
          "wget",
          "which",
          "xargs");

  private static final Pattern SEARCH_PATH =
      Pattern.compile("/(?:usr/local/|usr/)?s?bin/(?<name>[^/]+)");
  private static final Pattern INTERPRETER =
      Pattern.compile("(?:python|pypy|pip|perl|ruby)[0-9.]*");
  private static final Pattern ALTERNATIVE = Pattern.compile("/etc/alternatives/(?<name>[^/]+)");
  private static final Pattern LOADER =
      Pattern.compile(
          "/etc/ld\\.so\\.(?:preload|conf|conf\\.d/.*)"
              + "|/(?:usr/(?:local/)?)?lib(?:32|64|x32)?/(?:.*/)?ld-(?:linux|musl)[^/]*"
              + "|/(?:usr/(?:local/)?)?lib(?:32|64|x32)?/(?:.*/)?"
              + "lib(?:c|m|dl|pthread|rt|gcc_s|stdc\\+\\+|python3[^/]*)(?:-[0-9.]+)?\\.so[^/]*");
  private static final Pattern PROFILE =
      Pattern.compile(
          "/etc/(?:profile|profile\\.d/.*|bash\\.bashrc|bashrc|environment|zsh/.*|pam\\.d/.*)"
              + "|/root/\\.(?:bashrc|bash_profile|bash_login|profile|pydistutils\\.cfg|curlrc|gitconfig)"
              + "|/root/\\.config/(?:git|pip)/.*");
  private static final Pattern PYTHON_START =
      Pattern.compile(
          ".*/(?:site-packages|dist-packages)/(?:[^/]*\\.pth|sitecustomize(?:\\.py|/.*)|usercustomize(?:\\.py|/.*))"
              + "|/usr/(?:local/)?lib/python[0-9.]*/(?:sitecustomize|usercustomize)\\.py"
              + "|.*/(?:site-packages|dist-packages)/(?:_?pytest|pluggy|iniconfig|[^/]*pytest[^/]*)(?:/.*)?"
              + "|/(?:conftest\\.py|pytest\\.ini|tox\\.ini|setup\\.cfg|pyproject\\.toml)");

  /** The standard library: caches that Python itself writes are not looked at. */
  private static final Pattern PYTHON_LIBRARY =
      Pattern.compile(
          "/usr/(?:local/)?lib/python3[0-9.]*/(?!site-packages/|dist-packages/).*\\.(?:py|so)");

  private WatchedPaths() {}

  static boolean watches(String path) {
    var tool = SEARCH_PATH.matcher(path);
    if (tool.matches()) {
      String name = tool.group("name");
      return TOOLS.contains(name) || INTERPRETER.matcher(name).matches();
    }
    var alternative = ALTERNATIVE.matcher(path);
    if (alternative.matches()) {
      String name = alternative.group("name");
      return TOOLS.contains(name) || INTERPRETER.matcher(name).matches();
    }
    return LOADER.matcher(path).matches()
        || PROFILE.matcher(path).matches()
        || PYTHON_START.matcher(path).matches()
        || PYTHON_LIBRARY.matcher(path).matches();
  }

  static boolean isAlternative(String path) {
    return ALTERNATIVE.matcher(path).matches();
  }
}
