"""A server of files on this machine, as good or as bad as a test wants it."""

from __future__ import annotations

import contextlib
import http.server
import re
import threading
from collections.abc import Iterator


class FileServer(http.server.ThreadingHTTPServer):
    """Serves files from memory.

    Attributes:
        files: contents by path.
        knows_ranges: whether it answers a request for the rest of a file with that.
        refuses_ranges: whether it answers such a request with HTTP 416, whatever the range.
        tells_length: whether it tells how long a file is.
        breaks_after: after how many bytes the next connections break, one after another; then none breaks.
        asked: the path and the range of every request.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.knows_ranges = True
        self.refuses_ranges = False
        self.tells_length = True
        self.breaks_after: list[int] = []
        self.asked: list[tuple[str, str | None]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: FileServer

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.server.asked.append((self.path, wanted))
        content = self.server.files.get(self.path)
        if content is None:
            self.send_error(404)
            return
        start = self._start(wanted)
        if start and (self.server.refuses_ranges or start >= len(content)):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        if self.server.tells_length:
            self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        breaks = self.server.breaks_after
        last = start + breaks.pop(0) if breaks else len(content)
        self.wfile.write(content[start:last])

    def _start(self, wanted: str | None) -> int:
        match = re.fullmatch(r"bytes=(\d+)-", wanted or "")
        return int(match.group(1)) if match and self.server.knows_ranges else 0

    def log_message(self, *unused: object) -> None:
        pass


@contextlib.contextmanager
def serving() -> Iterator[FileServer]:
    """A server in a thread of its own, till the block ends."""
    with FileServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
