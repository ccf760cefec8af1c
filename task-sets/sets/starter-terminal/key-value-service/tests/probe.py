"""Checks of the store over plain sockets and http.client; one function per check."""

import concurrent.futures
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import quote

WORK = sys.argv[1]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    """A fresh instance on a port and a file of its own."""

    def __init__(self, name):
        self.port = free_port()
        self.file = os.path.join(WORK, name + ".data")

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "/app/store.py", str(self.port), self.file],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, cwd=WORK)
        until = time.monotonic() + 5
        while True:
            try:
                if request(self.port, "GET", "/health")[0] == 200:
                    return
            except OSError:
                pass
            assert self.process.poll() is None, "the service ended with status %s" % self.process.returncode
            assert time.monotonic() < until, "the service does not answer within 5 seconds"
            time.sleep(0.02)

    def kill(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *unused):
        self.kill()


def exchange(connection, method, path, body=None, headers=None):
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    return response.status, response.read(), response.headers


def request(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        return exchange(connection, method, path, body, headers)
    finally:
        connection.close()


def expect(port, status, method, path, body=None, headers=None):
    got = request(port, method, path, body, headers)
    assert got[0] == status, "%s %s: status %d, not %d" % (method, path, got[0], status)
    return got


def running():
    assert expect(8080, 200, "GET", "/health")[1] == b"ok", "/health does not say ok"
    key = "/keys/verifier/%d-%d" % (os.getpid(), time.time_ns())
    size = os.path.getsize("/app/store.data") if os.path.exists("/app/store.data") else -1
    expect(8080, 201, "PUT", key, b"value")
    assert os.path.exists("/app/store.data"), "there is no /app/store.data after a write"
    assert os.path.getsize("/app/store.data") != size or size > 0, "/app/store.data is still empty after a write"
    assert expect(8080, 200, "GET", key)[1] == b"value"
    expect(8080, 204, "DELETE", key)
    expect(8080, 404, "GET", key)


def values():
    with Service("values") as service:
        port = service.port
        for value in (b"", b"text", bytes(range(256)) * 3, b"\r\n\r\n0\r\n", b"x" * 65536):
            expect(port, 201, "PUT", "/keys/v", value)
            status, body, headers = expect(port, 200, "GET", "/keys/v")
            assert body == value, "%d bytes came back as %d others" % (len(value), len(body))
            assert headers["Content-Type"] == "application/octet-stream", headers["Content-Type"]
            assert headers["Content-Length"] == str(len(value)), headers["Content-Length"]
            status, body, _ = expect(port, 204, "PUT", "/keys/v", value + b"" if len(value) == 65536 else value + b"!")
            assert body == b""
            expect(port, 204, "DELETE", "/keys/v")
            expect(port, 404, "DELETE", "/keys/v")


def keys():
    with Service("keys") as service:
        port = service.port
        _, body, headers = expect(port, 200, "GET", "/keys")
        assert json.loads(body) == []
        names = ["b", "a/b", "a", "a//b", "Z", "\u00e9t\u00e9", "a b", "100%", "q?x", "\U0001f600", "\uff5e", "k" * 200, "\u00e9" * 200, "../up"]
        for name in names:
            expect(port, 201, "PUT", "/keys/" + quote(name, safe="/"), name.encode())
        expect(port, 204, "PUT", "/keys/a%2Fb?x=/keys/y", b"a/b")
        for name in names:
            assert expect(port, 200, "GET", "/keys/" + quote(name, safe=""))[1] == name.encode(), name
        _, body, headers = expect(port, 200, "GET", "/keys?all")
        assert headers["Content-Type"].split(";")[0] == "application/json", headers["Content-Type"]
        assert json.loads(body) == sorted(names), "GET /keys: %s" % body


def errors():
    with Service("errors") as service:
        port = service.port
        expect(port, 404, "GET", "/keys/none")
        expect(port, 404, "DELETE", "/keys/none")
        for method, path in (("GET", "/"), ("GET", "/key"), ("GET", "/keysx"), ("PUT", "/other"), ("GET", "/health/x")):
            expect(port, 404, method, path, b"" if method == "PUT" else None)
        for path in ("/keys/", "/keys/" + "k" * 201, "/keys/%ff", "/keys/" + quote("\u00e9" * 201)):
            expect(port, 400, "PUT", path, b"x")
            expect(port, 400, "GET", path)
        for method, path in (("POST", "/keys/a"), ("PATCH", "/keys/a"), ("PUT", "/keys"), ("DELETE", "/keys"), ("POST", "/health"), ("DELETE", "/health")):
            expect(port, 405, method, path, None if method == "DELETE" else b"x")
        assert json.loads(expect(port, 200, "GET", "/keys")[1]) == [], "a refused request left a key"
        assert raw(port, b"PUT /keys/a HTTP/1.1\r\nHost: h\r\n\r\n").startswith(b"HTTP/1.1 411")
        assert raw(port, b"PUT /keys/a HTTP/1.1\r\nHost: h\r\nContent-Length: 65537\r\n\r\n").startswith(b"HTTP/1.1 413")
        assert json.loads(expect(port, 200, "GET", "/keys")[1]) == [], "a refused request left a key"


def raw(port, data):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(data)
        return connection.recv(4096)


def keep_alive():
    with Service("keep") as service:
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=5)
        connection.connect()
        first = connection.sock
        for i, (method, path, body, status) in enumerate([
                ("PUT", "/keys/a", b"1", 201), ("PUT", "/keys/a", b"2", 204), ("GET", "/keys/a", None, 200),
                ("GET", "/keys/none", None, 404), ("PUT", "/keys/", b"body", 400), ("POST", "/keys/a", b"body", 405),
                ("PUT", "/nowhere", b"body", 404), ("DELETE", "/keys/a", None, 204), ("GET", "/health", None, 200)]):
            got = exchange(connection, method, path, body)[0]
            assert got == status, "request %d, %s %s: status %d, not %d" % (i + 1, method, path, got, status)
            assert connection.sock is first, "the connection was closed after request %d, %s %s" % (i + 1, method, path)
        connection.close()


def conditional():
    with Service("conditional") as service:
        port = service.port
        star = {"If-None-Match": "*"}
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            for key in range(6):
                path = "/keys/lock-%d" % key
                answers = list(pool.map(lambda i: request(port, "PUT", path, b"%d" % i, star)[0], range(16)))
                assert sorted(answers) == [201] + [412] * 15, answers
                winner = answers.index(201)
                assert expect(port, 200, "GET", path)[1] == b"%d" % winner, "the value is not that of the winner"
        expect(port, 204, "PUT", "/keys/lock-0", b"plain")
        expect(port, 204, "DELETE", "/keys/lock-0")
        expect(port, 201, "PUT", "/keys/lock-0", b"again", star)


def parallel():
    with Service("parallel") as service:
        idle = [socket.create_connection(("127.0.0.1", service.port), timeout=5) for _ in range(20)]
        for i, connection in enumerate(idle):
            if i % 2:
                connection.sendall(b"PUT /keys/slow HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf")
        begin = time.monotonic()
        expect(service.port, 201, "PUT", "/keys/quick", b"x")
        expect(service.port, 200, "GET", "/keys/quick")
        expect(service.port, 404, "GET", "/keys/slow")
        took = time.monotonic() - begin
        assert took < 2, "three requests took %.1f seconds" % took
        for connection in idle:
            connection.close()


def survives():
    with Service("survives") as service:
        port = service.port
        known = {}
        for life in range(3):
            for i in range(15):
                key = "k%d" % ((life * 7 + i) % 20)
                value = os.urandom(40 + i) + b"\n"
                expect(port, 204 if key in known else 201, "PUT", "/keys/" + key, value)
                known[key] = value
            gone = "k%d" % ((life * 7 + 3) % 20)
            expect(port, 204, "DELETE", "/keys/" + gone)
            del known[gone]
            # An open connection and a request without its end are what a real crash meets.
            open_one = socket.create_connection(("127.0.0.1", port), timeout=5)
            open_one.sendall(b"PUT /keys/k0 HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhalf")
            service.kill()
            service.start()
            open_one.close()
            assert json.loads(expect(port, 200, "GET", "/keys")[1]) == sorted(known), "keys differ after crash %d" % (life + 1)
            for key, value in known.items():
                assert expect(port, 200, "GET", "/keys/" + key)[1] == value, "%s differs after crash %d" % (key, life + 1)


try:
    {f.__name__: f for f in (running, values, keys, errors, keep_alive, conditional, parallel, survives)}[sys.argv[2]]()
except (AssertionError, OSError, http.client.HTTPException, ValueError) as problem:
    print("%s: %s" % (type(problem).__name__, problem))
    sys.exit(1)
