"""Plays against /app/minesweeper, and compares every line with a model."""

import os
import random
import select
import subprocess
import time
import unittest

from model import Game, drawn

PROGRAM = "/app/minesweeper"


def run(arguments, text, seconds=20):
    return subprocess.run(
        [PROGRAM, *arguments], input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=seconds
    )


class Play(unittest.TestCase):
    def compare(self, arguments, rows, commands):
        """Commands are tuples, played by both, or text that is an error."""
        game = Game(rows)
        wanted = game.view()
        lines = []
        for command in commands:
            if isinstance(command, tuple):
                lines.append("%s %d %d" % command)
                if game.state == "playing":
                    game.play(*command)
                    wanted += game.view()
                else:
                    wanted.append("error: ")
            else:
                lines.append(command)
                wanted.append("error: ")
        done = run(arguments, "".join(line + "\n" for line in lines))
        told = "%s\n%s\n%s" % (" ".join(arguments), "\n".join(rows), "\n".join(lines))
        found = ["error: " if line.startswith("error: ") else line for line in done.stdout.decode().splitlines()]
        self.assertEqual(wanted, found, told)
        self.assertEqual(game.status(), done.returncode, "status after\n" + told)
        return game

    def on(self, rows, *commands):
        rows = rows.split()
        with open("board", "w") as stream:
            stream.write("".join(row + "\n" for row in rows))
        return self.compare(["--board", "board"], rows, commands)

    def test_a_whole_game(self):
        game = self.on(
            "....* ..... *.... ....*",
            ("open", 1, 1), ("flag", 1, 3), ("chord", 1, 2), ("flag", 5, 1), ("chord", 4, 2), ("open", 5, 3),
            ("flag", 5, 4), ("chord", 4, 3), ("chord", 2, 3), ("open", 5, 2), ("open", 1, 4),
        )
        self.assertEqual("won", game.state)

    def test_flood(self):
        self.on("...... ...... ...*.. ...... ......", ("open", 1, 1))
        self.on("...... ...... ...... .....*", ("flag", 3, 1), ("flag", 3, 2), ("flag", 3, 3), ("flag", 3, 4), ("open", 1, 1))
        self.on("...... ...... ...... .....*", ("flag", 3, 2), ("open", 1, 1), ("open", 3, 2), ("flag", 3, 2), ("open", 3, 2))
        self.on("..*.. ..*.. ..*..", ("open", 1, 1), ("open", 5, 1))

    def test_large(self):
        empty = ["." * 60] * 60
        self.on(" ".join(["*" + "." * 59] + empty[1:]), ("open", 60, 60))
        snake = [("." * 60 if y % 4 == 1 else "." + "*" * 59 if y % 8 == 3 else "*" * 59 + ".") for y in range(60)]
        self.on(" ".join(snake), ("open", 30, 2), ("open", 1, 4))

    def test_flags(self):
        self.on(".* .. ..", ("flag", 1, 1), ("open", 1, 1), ("flag", 1, 1), ("open", 1, 1), ("flag", 1, 1), ("flag", 2, 1))
        self.on("*.. ... ...", ("flag", 1, 1), ("flag", 2, 1), ("flag", 3, 1), ("flag", 2, 1), ("open", 3, 3))

    def test_chord(self):
        board = "*..* .... ..*."
        self.on(board, ("chord", 2, 1), ("open", 2, 1), ("chord", 2, 1), ("flag", 1, 1), ("chord", 2, 1), ("chord", 2, 2))
        self.on(board, ("open", 2, 1), ("flag", 1, 2), ("chord", 2, 1))
        self.on(board, ("open", 2, 2), ("flag", 1, 1), ("flag", 1, 2), ("flag", 1, 3), ("chord", 2, 2), ("flag", 1, 3), ("chord", 2, 2))
        self.on("..... ..... ....*", ("open", 1, 1), ("chord", 1, 1), ("chord", 5, 3), ("chord", 4, 2))
        self.on("*.*.. .....", ("open", 2, 2), ("flag", 2, 1), ("flag", 1, 2), ("chord", 2, 2))
        self.on(".*..... ....... ....... *......", ("open", 1, 1), ("flag", 1, 2), ("chord", 1, 1))

    def test_first_cell(self):
        self.on("*. ..", ("open", 1, 1))
        self.on("**. ... ...", ("open", 1, 1), ("open", 3, 1))
        self.on("... .*. ...", ("flag", 1, 1), ("open", 2, 2), ("open", 1, 1), ("flag", 1, 1), ("open", 1, 1))
        self.on("... .*. ...", ("flag", 2, 2), ("open", 2, 2), ("flag", 2, 2), ("open", 2, 2), ("open", 1, 1))
        self.on("*** **. ***", ("open", 2, 2), ("open", 3, 2))
        self.on("*.. ..*", ("open", 2, 1), ("open", 3, 2))

    def test_win(self):
        self.on("*. ..", ("open", 2, 1), ("open", 1, 2), ("open", 2, 2), ("flag", 1, 1), ("open", 1, 1), "quit now")
        self.on("...", ("open", 2, 1))
        self.on("*.... .....", ("flag", 1, 1), ("flag", 3, 1), ("open", 5, 1), ("open", 1, 2), ("flag", 3, 1), ("open", 3, 1), ("open", 2, 1))
        self.on(".", ("flag", 1, 1), ("open", 1, 1), ("flag", 1, 1), ("open", 1, 1))

    def test_loss(self):
        self.on("*.* ... *..", ("flag", 2, 1), ("flag", 3, 1), ("open", 3, 3), ("open", 1, 1), ("open", 2, 2), ("chord", 2, 2), ("flag", 2, 2))
        self.on("**. ... ...", ("open", 3, 1), ("flag", 2, 2), ("chord", 3, 1))

    def test_seeds(self):
        for width, height, mines, seed in ((9, 9, 10, 42), (5, 3, 14, 0), (60, 60, 700, 2147483647), (1, 7, 3, 5), (16, 4, 0, 1)):
            rows = drawn(width, height, mines, seed)
            options = [["--size", "%dx%d" % (width, height)], ["--mines", str(mines)], ["--seed", str(seed)]]
            random.Random(seed).shuffle(options)
            cell = (width // 2 + 1, height)
            self.compare(sum(options, []), rows, [("open", *cell), ("open", 1, 1), ("flag", 1, height)])

    def test_invalid_commands(self):
        wrong = ["open", "open 1", "open 1 2 3", "open x 1", "open 0 1", "open 4 1", "open 1 3", "open -1 1", "look", "1 1",
                 "OPEN 1 1", "open 1.0 1", "flag", "chord 9 9", "quit 1", "open 1,1"]
        self.on("*.. ...", *wrong, ("open", 3, 1), *wrong, ("open", 1, 2), ("open", 1, 1), *wrong)
        done = run(["--size", "3x2", "--mines", "1", "--seed", "0"], "\n   \n\n  flag \t 2   1  \nquit\nopen 1 1\n")
        self.assertEqual(["###", "###", "mines 1 playing", "#F#", "###", "mines 0 playing"], done.stdout.decode().splitlines())
        self.assertEqual(2, done.returncode)

    def test_invalid_starts(self):
        boards = ["", "..\n.\n", "..\n.x\n", "**\n**\n", "." * 61 + "\n", ".\n" * 61, "..\n\n..\n"]
        starts = []
        for number, text in enumerate(boards):
            with open("bad%d" % number, "w") as stream:
                stream.write(text)
            starts.append(["--board", "bad%d" % number])
        starts += [
            [], ["--board"], ["--board", "absent"], ["--size", "3x3"], ["--size", "3x3", "--mines", "2"], ["play"],
            ["--size", "3", "--mines", "1", "--seed", "1"], ["--size", "0x3", "--mines", "1", "--seed", "1"],
            ["--size", "3x61", "--mines", "1", "--seed", "1"], ["--size", "3x3", "--mines", "9", "--seed", "1"],
            ["--size", "3x3", "--mines", "-1", "--seed", "1"], ["--size", "3x3", "--mines", "1", "--seed", "x"],
            ["--size", "3x3", "--mines", "1", "--seed", "2147483648"],
            ["--size", "3x3", "--mines", "1", "--seed", "1", "--fast"],
        ]
        for arguments in starts:
            done = run(arguments, "open 1 1\n")
            self.assertEqual((3, b""), (done.returncode, done.stdout), arguments)
            self.assertTrue(done.stderr.strip(), arguments)

    def test_answers_at_once(self):
        game = Game(drawn(4, 3, 2, 7))
        program = subprocess.Popen(
            [PROGRAM, "--size", "4x3", "--mines", "2", "--seed", "7"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        try:
            self.answers(program, game.view())
            for command in (("flag", 1, 1), ("flag", 1, 1), ("open", 4, 3)):
                program.stdin.write(("%s %d %d\n" % command).encode())
                program.stdin.flush()
                game.play(*command)
                self.answers(program, game.view())
            program.stdin.write(b"quit\n")
            program.stdin.flush()
            self.assertEqual(game.status(), program.wait(timeout=10))
        finally:
            program.kill()
            program.wait()
            program.stdin.close()
            program.stdout.close()

    def answers(self, program, wanted):
        text, ends = b"", time.monotonic() + 10
        while text.count(b"\n") < len(wanted):
            ready, _, _ = select.select([program.stdout], [], [], max(0, ends - time.monotonic()))
            self.assertTrue(ready, "no answer within 10 seconds; so far %r" % text)
            some = os.read(program.stdout.fileno(), 65536)
            self.assertTrue(some, "it has ended; so far %r" % text)
            text += some
        self.assertEqual(wanted, text.decode().splitlines())

    def test_many_games(self):
        chance = random.Random(20261121)
        ends = {"won": 0, "lost": 0, "playing": 0}
        for _ in range(40):
            width, height = chance.randint(1, 9), chance.randint(1, 9)
            mines = chance.randint(0, min(width * height - 1, width * height // chance.randint(1, 8)))
            rows = drawn(width, height, mines, chance.randrange(2**31))
            commands = self.some_commands(chance, rows)
            ends[self.on(" ".join(rows), *commands).state] += 1
        self.assertGreater(min(ends.values()), 4, ends)

    def some_commands(self, chance, rows):
        """Mostly sensible ones, so that games go on for a while; the model looks where mines are."""
        game = Game(rows)
        careless = chance.choice((0, 0.05, 0.3))
        commands = []
        for _ in range(chance.randint(5, 60)):
            x, y = chance.randint(1, game.width), chance.randint(1, game.height)
            mine = ((x - 1, y - 1) in game.mines) != (chance.random() < careless)
            command = chance.choice(("chord", "flag")) if mine else chance.choice(("open", "open", "chord"))
            commands.append((command, x, y))
            if game.state == "playing":
                game.play(*commands[-1])
        return commands


if __name__ == "__main__":
    unittest.main()
