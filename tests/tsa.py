"""A timestamp authority on loopback, made of `openssl ts`: what the world's authorities do, here.

Its certificates are made for each run, and its clock is the machine's.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

CONFIGURATION = """
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[stamps]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = here
[here]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
default_policy = 1.2.3.4.1
signer_digest = sha256
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
"""Without `certs`: the answer then holds the certificate that signed it, and no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tsa:
    """An authority whose files are in `folder`, and what it was sent."""

    folder: Path
    asked: list[bytes] = field(default_factory=list)

    @property
    def certificate(self) -> Path:
        """Its root."""
        return self.folder / "ca.pem"

    def answer(self, question: bytes) -> bytes:
        """A TimeStampResp in DER."""
        self.asked.append(question)
        (self.folder / "question.tsq").write_bytes(question)
        line = "ts -reply -config tsa.cnf -section here -queryfile question.tsq -out answer.tsr"
        openssl(self.folder, *line.split())
        return (self.folder / "answer.tsr").read_bytes()


def openssl(folder: Path, *words: str) -> str:
    """What openssl prints, run in `folder`."""
    ran = subprocess.run(
        ["openssl", *words], cwd=folder, check=False, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout + ran.stderr


def make_tsa(folder: Path) -> Tsa:
    """A root, and a certificate under it that may sign timestamps."""
    folder.mkdir()
    (folder / "tsa.cnf").write_text(CONFIGURATION)
    (folder / "serial").write_text("01\n")
    curve = "ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config tsa.cnf -days 3650".split()
    new = ["req", "-newkey", *curve]
    openssl(folder, *new, *"-x509 -extensions ca -subj /CN=Root -keyout ca.key -out ca.pem".split())
    signed = "-x509 -CA ca.pem -CAkey ca.key -extensions stamps -subj /CN=Stamps".split()
    openssl(folder, *new, *signed, *"-keyout tsa.key -out tsa.pem".split())
    return Tsa(folder=folder)


@contextmanager
def serving_tsa(tsa: Tsa) -> Iterator[str]:
    """The address at which it answers meanwhile."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(tsa.answer(question))

        def log_message(self, *_words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
