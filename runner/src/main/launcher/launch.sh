# Finds Java and starts Pacebench; sourced by both launchers, and plain enough for bash 3.2.
# Asking `java -version` would cost more than everything here, so versions come from `release` files.

# java_release HOME: sets release_version (such as 17.0.15), release_major and release_id
# (version and maker, fit for a file name); false when this is no Java.
java_release() {
  local home=$1 line maker=''
  release_version='' release_major=0 release_id=''
  [[ -x $home/bin/java && -r $home/release ]] || return 1
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*) release_version=${line#JAVA_VERSION=} release_version=${release_version//\"/} ;;
      JAVA_RUNTIME_VERSION=* | IMPLEMENTOR=*) maker=$maker-${line#*=} ;;
    esac
  done < "$home/release"
  release_major=${release_version#1.}
  release_major=${release_major%%[!0-9]*}
  [[ -n $release_major ]] || return 1
  release_id=$release_version$maker
  release_id=${release_id//[!A-Za-z0-9.+-]/}
}

# find_java OLDEST [jdk]: sets java_home and its release_* values; `jdk` asks for a compiler too.
# JAVA_HOME comes first, then the PATH, then what Linux systems install.
find_java() {
  local oldest=$1 compiler=${2:-} found
  java_seen=()
  # Most often the first place is right, and a process saved is a millisecond.
  use_java "${JAVA_HOME:-}" "$oldest" "$compiler" && return
  found=$(command -v java 2> /dev/null) && found=$(readlink -f -- "$found" 2> /dev/null)
  found=${found%/bin/java}
  for found in "${found%/jre}" "$found" /usr/lib/jvm/*; do
    use_java "$found" "$oldest" "$compiler" && return
  done
  return 1
}

# use_java HOME OLDEST COMPILER: sets java_home when this is a Java of that kind.
use_java() {
  [[ -n $1 ]] && java_release "$1" || return 1
  java_seen[${#java_seen[@]}]="$1 ($release_version)"
  [[ $release_major -ge $2 ]] || return 1
  [[ -z $3 || -x $1/bin/javac ]] || return 1
  java_home=$1
}

no_java() {
  echo "pacebench: no ${1:-Java} 17 or newer found." >&2
  [[ -n ${JAVA_HOME:-} ]] && echo "  JAVA_HOME is $JAVA_HOME" >&2
  [[ ${#java_seen[@]} -gt 0 ]] && printf '  too old or incomplete: %s\n' "${java_seen[@]}" >&2
  echo "  Install one (Debian, Ubuntu: apt install openjdk-17-jdk-headless) or set JAVA_HOME." >&2
  exit 3
}

# command_kind ARGS...: sets kind to `long` for commands that take times, else to `short`.
command_kind() {
  kind=short
  while [[ $# -gt 0 ]]; do
    case $1 in
      --home | --db) shift ;;
      -*) ;;
      run | resume | demo | speed | nightly | serve) kind=long && return ;;
      *) return ;;
    esac
    shift
  done
}

# jvm_flags KIND: sets flags. A short command is over before a better compiler or collector could
# pay; a long one must not stop for a collection while it takes times.
jvm_flags() {
  if [[ $1 == long ]]; then
    flags=(-XX:+UseZGC)
    [[ $release_major -ge 21 && $release_major -lt 24 ]] && flags=(-XX:+UseZGC -XX:+ZGenerational)
  else
    flags=(-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=4 -XX:+UseSerialGC -XX:-UsePerfData)
  fi
  if [[ $release_major -ge 24 ]]; then
    flags=("${flags[@]}" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED)
  fi
  flags=("${flags[@]}" -Xlog:disable -Xlog:all=error:stderr -Dfile.encoding=UTF-8)
}

# archive_is_good FILE LIB: the JVM refuses an archive of other jars or of the same jars elsewhere,
# silently, and would be slow for ever.
archive_is_good() {
  local jar noted=''
  [[ -f $1 && -r $1.for ]] || return 1
  IFS= read -r noted < "$1.for"
  [[ $noted == "$2" ]] || return 1
  for jar in "$2"/*.jar; do
    [[ $jar -nt $1 ]] && return 1
  done
  return 0
}

# find_archive KIND LIB: sets archive to a good class-data archive, making one if need be; to
# nothing when that fails, which costs some 40 ms a start and is no error.
find_archive() {
  local kind=$1 lib=$2 folder
  local name=classes-$kind-$release_id.jsa
  local cache=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/pacebench
  archive=''
  for folder in "$lib/cache" "$cache"; do
    if archive_is_good "$folder/$name" "$lib"; then
      archive=$folder/$name
      return
    fi
  done
  for folder in "$lib/cache" "$cache"; do
    if mkdir -p -- "$folder" 2> /dev/null && [[ -w $folder ]]; then
      make_archive "$kind" "$lib" "$folder/$name" && archive=$folder/$name
      return
    fi
  done
}

# make_archive KIND LIB FILE: two at once do no harm, since a file only appears when complete.
# A static archive from a list of classes, because JDK 17 leaves classes as old as picocli's out of
# the archives that it makes at exit. Collector flags must be those of the later start.
make_archive() {
  local kind=$1 lib=$2 file=$3 draft=$3.$$ jar training
  jar=$(runner_jar "$lib")
  training=(--version)
  [[ $kind == long ]] && training=(run --help)
  {
    "$java_home/bin/java" "${flags[@]}" -Xshare:off -XX:DumpLoadedClassList="$draft.list" \
      -Dpacebench.lib="$lib" -jar "$jar" "${training[@]}"
    "$java_home/bin/java" "${flags[@]}" -Xshare:dump -XX:SharedClassListFile="$draft.list" \
      -XX:SharedArchiveFile="$draft" -Dpacebench.lib="$lib" -jar "$jar"
  } > /dev/null 2>&1 < /dev/null
  rm -f -- "$draft.list"
  if [[ -s $draft ]] && printf '%s\n' "$lib" > "$draft.for"; then
    mv -f -- "$draft.for" "$file.for" && mv -f -- "$draft" "$file" && return 0
  fi
  rm -f -- "$draft" "$draft.for"
  return 1
}

runner_jar() {
  local jar
  for jar in "$1"/pacebench-runner-*.jar; do
    echo "$jar"
    return
  done
}

# launch DIST ARGS...: never returns.
launch() {
  local lib=$1/lib
  shift
  command_kind "$@"
  jvm_flags "$kind"
  find_archive "$kind" "$lib"
  [[ -n $archive ]] && flags=("${flags[@]}" -Xshare:auto -XX:SharedArchiveFile="$archive")
  # Java names files by the locale; without UTF-8 it could not open those with other letters.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]*) ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac
  # shellcheck disable=SC2086 # several options in one variable are meant to split
  exec "$java_home/bin/java" "${flags[@]}" ${PACEBENCH_JAVA_OPTS:-} \
    -Dpacebench.lib="$lib" -jar "$(runner_jar "$lib")" "$@"
}
