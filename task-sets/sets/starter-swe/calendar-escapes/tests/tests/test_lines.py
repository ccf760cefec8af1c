import unittest

from icsmini import lines


class LinesTest(unittest.TestCase):
    def test_unfold(self):
        self.assertEqual(["A:12", "B:3"], list(lines.unfold("A:1\r\n 2\r\nB:3\r\n")))

    def test_fold_counts_octets(self):
        folded = lines.fold("SUMMARY:" + "ä" * 60)
        self.assertTrue(all(len(part.encode("utf-8")) <= 75 for part in folded.split("\r\n")))
        self.assertEqual(["SUMMARY:" + "ä" * 60], list(lines.unfold(folded)))

    def test_quoted_parameters(self):
        line = lines.split('ATTENDEE;CN="Doe; Jane: chair":mailto:jane@example.org')
        self.assertEqual({"CN": '"Doe; Jane: chair"'}, line.params)
        self.assertEqual("mailto:jane@example.org", line.value)
