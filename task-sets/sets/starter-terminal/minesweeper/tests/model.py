"""What a game must look like: the rules, written for checking and not for playing."""


def drawn(width, height, mines, seed):
    """A board's rows."""
    cells = set()
    x = seed
    while len(cells) < mines:
        x = (1103515245 * x + 12345) % 2**31
        cells.add(x // 65536 % (width * height))
    return ["".join("*" if y * width + x in cells else "." for x in range(width)) for y in range(height)]


class Game:
    def __init__(self, rows):
        self.cells = [(x, y) for y, row in enumerate(rows) for x in range(len(row))]
        self.mines = {(x, y) for x, y in self.cells if rows[y][x] == "*"}
        self.width, self.height = len(rows[0]), len(rows)
        self.opened, self.flags = set(), set()
        self.state = "playing"

    def around(self, cell):
        x, y = cell
        return [
            (i, j)
            for i in (x - 1, x, x + 1)
            for j in (y - 1, y, y + 1)
            if (i, j) != cell and 0 <= i < self.width and 0 <= j < self.height
        ]

    def number(self, cell):
        return len(self.mines.intersection(self.around(cell)))

    def _open(self, cells):
        waiting = [cell for cell in cells if cell not in self.opened | self.flags]
        if waiting and not self.opened and waiting[0] in self.mines:
            self.mines.discard(waiting[0])
            self.mines.add(next(c for c in self.cells if c not in self.mines and c != waiting[0]))
        while waiting:
            cell = waiting.pop()
            if cell in self.opened or cell in self.flags:
                continue
            self.opened.add(cell)
            if cell not in self.mines and self.number(cell) == 0:
                waiting += self.around(cell)
        if self.opened & self.mines:
            self.state = "lost"
        elif len(self.opened) + len(self.mines) == len(self.cells):
            self.state = "won"
            self.flags = set(self.mines)

    def play(self, command, x, y):
        cell = (x - 1, y - 1)
        if command == "open":
            self._open([cell])
        elif command == "flag" and cell not in self.opened:
            self.flags ^= {cell}
        elif command == "chord" and cell in self.opened:
            if len(self.flags.intersection(self.around(cell))) == self.number(cell):
                self._open(self.around(cell))

    def _shown(self, cell):
        if cell in self.opened:
            return "!" if cell in self.mines else ".12345678"[self.number(cell)]
        if cell in self.flags:
            return "X" if self.state == "lost" and cell not in self.mines else "F"
        return "*" if self.state == "lost" and cell in self.mines else "#"

    def view(self):
        lines = ["".join(self._shown((x, y)) for x in range(self.width)) for y in range(self.height)]
        return lines + ["mines %d %s" % (len(self.mines) - len(self.flags), self.state)]

    def status(self):
        return {"won": 0, "lost": 1, "playing": 2}[self.state]
