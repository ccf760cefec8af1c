#!/bin/sh
set -eu
cat >/app/merge.sh <<'EOF'
#!/bin/sh
# Applies INI layers to a base file.
for file in "$@"; do
  if [ ! -f "$file" ] || [ ! -r "$file" ]; then
    echo "merge: cannot read $file" >&2
    exit 2
  fi
done
[ $# -gt 0 ] || { echo "usage: merge.sh BASE [LAYER...]" >&2; exit 2; }
awk '
  # The document is a linked list of lines: following[i] is the line after i, 0 is the head.
  function insert(after, text) {
    lines++
    line[lines] = text
    before[lines] = after
    following[lines] = following[after]
    if (following[after]) before[following[after]] = lines
    else tail = lines
    following[after] = lines
    return lines
  }
  function remove(i) {
    following[before[i]] = following[i]
    if (following[i]) before[following[i]] = before[i]
    else tail = before[i]
  }
  function anchor(section,    i, found) {
    found = head[section]
    for (i = following[found]; i && !(i in header); i = following[i]) if (i in setting) found = i
    return found
  }
  function fail() { printf "%s:%d: not understood: %s\n", file, row, $0 | "cat >&2"; failed = 1; exit 1 }
  function trim(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); return text }

  function handle(layer,    text, at, key, value, i) {
    text = trim($0)
    if (text == "" || text ~ /^[#;]/) { if (!layer) insert(tail, $0); return }
    if (text ~ /^\[[^] \t]+\]$/) {
      section = text
      if (!layer) { head[section] = insert(tail, $0); header[head[section]] = 1 }
      else if (!(section in head)) {
        insert(tail, "")
        head[section] = insert(tail, section)
        header[head[section]] = 1
      }
      return
    }
    if (layer && text ~ /^![^ \t=]+$/) {
      key = section SUBSEP substr(text, 2)
      if (key in place) { remove(place[key]); delete setting[place[key]]; delete place[key] }
      return
    }
    at = index(text, "=")
    key = trim(substr(text, 1, at - 1))
    if (at < 2 || key == "" || key ~ /[ \t]/) fail()
    value = trim(substr(text, at + 1))
    if (!layer) { i = insert(tail, $0); setting[i] = 1; place[section, key] = i; return }
    text = value == "" ? key " =" : key " = " value
    if ((section, key) in place) { line[place[section, key]] = text; return }
    i = insert(anchor(section), text)
    setting[i] = 1
    place[section, key] = i
  }
  BEGIN {
    tail = 0
    head[""] = 0
    for (f = 1; f < ARGC; f++) {
      file = ARGV[f]
      row = 0
      section = ""
      # A name such as a=b would be taken for an assignment, so files are read here.
      while ((getline < file) > 0) { row++; handle(f > 1) }
      close(file)
    }
    for (i = following[0]; i; i = following[i]) print line[i]
    exit
  }' "$@"
EOF
cd /app/config
sh /app/merge.sh base.ini site.ini host.ini >effective.ini
