"""A throw-away certificate authority and server certificate, made with openssl."""

import os
import ssl
import subprocess

KINDS = ("good", "untrusted", "wrong-host", "self-signed")


def _openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _authority(folder, name):
    _openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=Loopback test authority " + name, "-addext", "keyUsage=critical,keyCertSign,cRLSign",
             "-keyout", name + ".key", "-out", name + ".pem")


def make(folder, kind):
    """Fills `folder`; returns (path of the authority to give out, context of the server). `kind`: one of KINDS."""
    _authority(folder, "ca")
    names = "DNS:elsewhere.invalid" if kind == "wrong-host" else "DNS:localhost,IP:127.0.0.1,IP:::1"
    if kind == "self-signed":
        _openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                 "-subj", "/CN=localhost", "-addext", "subjectAltName=" + names, "-keyout", "server.key", "-out", "server.pem")
    else:
        signer = "ca"
        if kind == "untrusted":
            signer = "other"
            _authority(folder, signer)
        _openssl(folder, "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                 "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
        with open(os.path.join(folder, "server.ext"), "w", encoding="ascii") as extensions:
            extensions.write("subjectAltName=" + names + "\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n")
        _openssl(folder, "x509", "-req", "-in", "server.csr", "-CA", signer + ".pem", "-CAkey", signer + ".key",
                 "-CAcreateserial", "-days", "2", "-extfile", "server.ext", "-out", "server.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(folder, "server.pem"), os.path.join(folder, "server.key"))
    context.set_alpn_protocols(["h2", "http/1.1"])
    return os.path.join(folder, "ca.pem"), context
