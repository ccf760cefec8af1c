# Reads env files.

# read_env FILE: exports its variables.
read_env() {
  read_number=0
  while IFS= read -r read_line || [ -n "$read_line" ]; do
    read_number=$((read_number + 1))
    case $read_line in
      '' | \#*) continue ;;
      *=*) ;;
      *)
        echo "withenv: $1:$read_number: there is no =" >&2
        return 1
        ;;
    esac
    read_name=$(echo "$read_line" | cut -d= -f1)
    read_value=$(echo "$read_line" | cut -d= -f2 | cut -d' ' -f1)
    is_name "$read_name" || continue
    export "$read_name=$read_value"
  done <"$1"
}

# is_name WORD
is_name() {
  case $1 in
    '' | [0-9]* | *[!A-Za-z0-9_]*) return 1 ;;
  esac
}
