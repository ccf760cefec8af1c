printf 'a bb bb\nccc\n' | bin/tally | grep -q '^words 4$' && echo passed
