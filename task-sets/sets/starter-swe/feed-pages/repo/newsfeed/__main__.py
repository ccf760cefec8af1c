"""The feed from the command line."""

import argparse
import sys

from . import BadToken, Feed


def main() -> int:
    parser = argparse.ArgumentParser(prog="newsfeed")
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add")
    add.add_argument("--db", required=True)
    add.add_argument("--title", required=True)
    add.add_argument("--published")
    show = commands.add_parser("list")
    show.add_argument("--db", required=True)
    show.add_argument("--limit", type=int, default=20)
    show.add_argument("--after")
    arguments = parser.parse_args()
    feed = Feed(arguments.db)
    if arguments.command == "add":
        print(feed.add(arguments.title, arguments.published))
        return 0
    try:
        page = feed.page(arguments.limit, arguments.after)
    except BadToken:
        print("newsfeed: --after is no token of ours", file=sys.stderr)
        return 2
    for article in page.articles:
        print(article.published, article.title)
    if page.next:
        print("next:", page.next)
    return 0


sys.exit(main())
