"""A real Kafka broker that asks who one is: SASL over TLS, client certificates, and one with another's certificate.

Authorities, certificates and keys are made by openssl for the run; the SCRAM user is made when the storage is
formatted. Listeners, all on 127.0.0.1:

    sasl       SASL_SSL, SCRAM-SHA-512          mutual    SSL, a client certificate is required
    misnamed   SSL, certificate of another host  plain     PLAINTEXT, for the broker itself
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from confluent_kafka.admin import (
    AclBinding,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
)

from kafka_harness import Broker, free_ports

USER, PASSWORD = "desk", "a long pass=word with % and ü"
NEW_KEY = ("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
LISTENERS = ("sasl", "mutual", "misnamed")
CONFIG = """
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_SSL,MUTUAL:SSL,MISNAMED:SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.sasl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
ssl.keystore.type=PEM
ssl.keystore.location={pem}/broker.pem
ssl.truststore.type=PEM
ssl.truststore.location={pem}/authority.crt
listener.name.mutual.ssl.client.auth=required
listener.name.misnamed.ssl.keystore.location={pem}/misnamed.pem
listener.name.misnamed.ssl.keystore.type=PEM
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS
"""


class Certificates:
    """Two authorities, what the first has signed, and what the second has. Files in PEM form under `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for authority in ("authority", "stranger"):
            self._run(*NEW_KEY, "-x509", "-days", "2", "-subj", f"/CN={authority}",
                      "-keyout", f"{authority}.key", "-out", f"{authority}.crt")  # fmt: skip
        self.sign("broker", "IP:127.0.0.1,DNS:localhost")
        self.sign("misnamed", "DNS:broker.example")
        self.sign("client", "DNS:client.example")
        self.sign("intruder", "DNS:client.example", "stranger")
        self._run("pkcs8", "-topk8", "-in", "client.key", "-out", "client-locked.key", "-passout", f"pass:{PASSWORD}")

    def __getitem__(self, name: str) -> Path:
        return self.folder / name

    def sign(self, name: str, names: str, authority: str = "authority") -> None:
        """A key, its certificate by the authority, and both in one file NAME.pem."""
        self._run(*NEW_KEY, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        self[f"{name}.ext"].write_text(f"subjectAltName={names}\n")
        self._run("x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.crt", "-CAkey", f"{authority}.key",
                  "-CAcreateserial", "-days", "2", "-extfile", f"{name}.ext", "-out", f"{name}.crt")  # fmt: skip
        self[f"{name}.pem"].write_text(self[f"{name}.key"].read_text() + self[f"{name}.crt"].read_text())

    def _run(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True, check=True, timeout=60)


class SecureBroker(Broker):
    """The broker. `ports` has the port of each of LISTENERS."""

    def __init__(self, certificates: Certificates) -> None:
        super().__init__()
        self.certificates = certificates
        self.ports = dict(zip(LISTENERS, free_ports(len(LISTENERS)), strict=True))
        self.format_options = (f'--add-scram=SCRAM-SHA-512=[name={USER},password="{PASSWORD}"]',)

    def properties(self, port: int, controller: int) -> str:
        plain = super().properties(port, controller).splitlines()
        more = ",".join(f"{name.upper()}://127.0.0.1:{at}" for name, at in self.ports.items())
        lines = [
            f"{line},{more}" if line.startswith(("listeners=", "advertised.listeners=")) else line for line in plain
        ]
        return "\n".join(lines) + CONFIG.format(pem=self.certificates.folder)

    def at(self, listener: str) -> str:
        """host:port of a listener."""
        return f"127.0.0.1:{self.ports[listener]}"

    def allow(self, principal: str, kind: ResourceType, prefix: str, *operations: AclOperation) -> None:
        """Grants operations on all topics or groups whose name begins so, as `kafka-acls.sh --add` does."""
        admin = AdminClient({"bootstrap.servers": self.address})
        grants = [
            AclBinding(kind, prefix, ResourcePatternType.PREFIXED, principal, "*", each, AclPermissionType.ALLOW)
            for each in operations
        ]
        for done in admin.create_acls(grants).values():
            done.result(30)
