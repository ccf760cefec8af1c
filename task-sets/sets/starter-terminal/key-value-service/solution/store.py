"""A key-value store over HTTP; every change is appended to a journal before it is answered."""

import base64
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote_to_bytes

MAX_VALUE = 65536


class Store:
    def __init__(self, path):
        self.lock = threading.Lock()
        self.values = {}
        whole = 0
        if os.path.exists(path):
            with open(path, "rb") as journal:
                for line in journal:
                    # A process that dies while it writes leaves a line without its end.
                    if not line.endswith(b"\n"):
                        break
                    whole += len(line)
                    key, value = json.loads(line)
                    if value is None:
                        self.values.pop(key, None)
                    else:
                        self.values[key] = base64.b64decode(value)
        self.journal = open(path, "ab")
        self.journal.truncate(whole)

    def _append(self, key, value):
        text = None if value is None else base64.b64encode(value).decode()
        self.journal.write(json.dumps([key, text]).encode() + b"\n")
        self.journal.flush()
        os.fsync(self.journal.fileno())

    def put(self, key, value, only_new):
        with self.lock:
            exists = key in self.values
            if exists and only_new:
                return 412
            self._append(key, value)
            self.values[key] = value
            return 204 if exists else 201

    def delete(self, key):
        with self.lock:
            if key not in self.values:
                return 404
            self._append(key, None)
            del self.values[key]
            return 204


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body=b"", kind="text/plain"):
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if status != 204:
            self.wfile.write(body)

    def handle_any(self):
        body = b""
        length = self.headers.get("Content-Length")
        if length is None:
            if self.command == "PUT":
                self.close_connection = True
                return self.answer(411)
        elif int(length) > MAX_VALUE:
            self.close_connection = True
            return self.answer(413)
        else:
            body = self.rfile.read(int(length))
        path = self.path.split("?", 1)[0]
        if path == "/health":
            return self.answer(200, b"ok") if self.command == "GET" else self.answer(405)
        if path == "/keys":
            if self.command != "GET":
                return self.answer(405)
            with STORE.lock:
                keys = sorted(STORE.values)
            return self.answer(200, json.dumps(keys).encode(), "application/json")
        if not path.startswith("/keys/"):
            return self.answer(404)
        if self.command not in ("GET", "PUT", "DELETE"):
            return self.answer(405)
        try:
            key = unquote_to_bytes(path[len("/keys/"):]).decode()
        except UnicodeDecodeError:
            return self.answer(400)
        if not 1 <= len(key) <= 200:
            return self.answer(400)
        if self.command == "PUT":
            return self.answer(STORE.put(key, body, self.headers.get("If-None-Match") == "*"))
        if self.command == "DELETE":
            return self.answer(STORE.delete(key))
        value = STORE.values.get(key)
        if value is None:
            return self.answer(404)
        return self.answer(200, value, "application/octet-stream")

    do_GET = do_PUT = do_DELETE = do_POST = do_PATCH = handle_any


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


if __name__ == "__main__":
    STORE = Store(sys.argv[2])
    Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
