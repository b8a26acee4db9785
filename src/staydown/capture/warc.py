"""Writes what a browser saw as a WARC (ISO 28500), which public tools replay.

Bodies are as the browser had decoded them, not the bytes of the wire, and the file says so. Headers
that spoke of the wire keep their value under a name that begins with X-Archive-Orig-.
"""

import io
from datetime import datetime

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from staydown.capture.seen import Answer, Headers, Seen

OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
DECODED = "bodies are decoded by the browser, and are not the bytes of the wire"


def write_warc(seen: Seen, name: str, software: str) -> bytes:
    """One gzipped file with every answer that was kept, and what was asked."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    info = {"software": software, "format": "WARC File Format 1.0", "description": DECODED}
    writer.write_record(writer.create_warcinfo_record(name, info))
    for answer in seen.answers:
        if answer.body is not None:
            _write_answer(writer, answer, answer.body)
    return out.getvalue()


def _write_answer(writer: WARCWriter, answer: Answer, body: bytes) -> None:
    headers = [*_decoded(answer.headers), ("Content-Length", str(len(body)))]
    status = f"{answer.status} {answer.reason}".strip()
    response = writer.create_warc_record(
        answer.url,
        "response",
        payload=io.BytesIO(body),
        http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": _written(answer.at)},
    )
    path = "/" + answer.url.split("/", 3)[3] if answer.url.count("/") > 2 else "/"
    request = writer.create_warc_record(
        answer.url,
        "request",
        http_headers=StatusAndHeaders(
            f"{answer.method} {path} HTTP/1.1", list(answer.asked), is_http_request=True
        ),
        warc_headers_dict={"WARC-Date": _written(answer.at)},
    )
    writer.write_request_response_pair(request, response)
    for record in (request, response):
        record.raw_stream.close()  # warcio leaves that to chance


def _decoded(headers: Headers) -> Headers:
    return tuple(
        (f"X-Archive-Orig-{name}" if name.lower() in OF_THE_WIRE else name, value)
        for name, value in headers
    )


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
