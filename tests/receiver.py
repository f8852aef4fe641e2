"""A webhook receiver for the tests: keeps what it gets, and can be told to answer badly."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """An HTTP server on 127.0.0.1. `answers` holds the statuses to give next; 200 when it is empty."""

    def __init__(self):
        self.got = []
        self.paths = []
        self.headers = []
        self.raw = []
        self.attempts = 0
        self.answers = []
        self.pause = 0.0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.attempts += 1
                time.sleep(receiver.pause)
                status = receiver.answers.pop(0) if receiver.answers else 200
                if status == 200:
                    receiver.headers.append(dict(self.headers))
                    receiver.raw.append(body)
                    receiver.paths.append(self.path)
                    receiver.got.append(json.loads(body))
                self.send_response(status)
                if status in (301, 302, 307, 308):
                    self.send_header("Location", receiver.url + "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def until(self, enough, seconds=20):
        """Waits until `enough()` holds; returns whether it did."""
        end = time.monotonic() + seconds
        while not enough() and time.monotonic() < end:
            time.sleep(0.05)
        return bool(enough())

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
