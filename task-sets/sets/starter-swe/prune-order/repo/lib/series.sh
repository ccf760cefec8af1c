# The snapshots of a series.

# series FOLDER NAME: their file names, oldest first.
series() {
  for file in "$1/$2"-*.tar; do
    [ -f "$file" ] || continue
    file=${file##*/}
    number=${file#"$2"-}
    number=${number%.tar}
    case $number in
      '' | 0* | *[!0-9]*) ;;
      *) printf '%s\n' "$file" ;;
    esac
  done
}

# number_of NAME FILE
number_of() {
  number=${2#"$1"-}
  printf '%s\n' "${number%.tar}"
}
