"""Certificates and lists of withdrawn ones, read from the files people have: PEM or DER."""

from cryptography import x509

PEM = b"-----BEGIN "


def certificate_in(file: bytes) -> x509.Certificate:
    """The certificate of a file; raises ValueError where there is none."""
    return x509.load_pem_x509_certificate(file) if PEM in file[:200] else x509.load_der_x509_certificate(file)


def list_in(file: bytes) -> x509.CertificateRevocationList | None:
    """The list of withdrawn certificates in a file, if it is one."""
    try:
        return x509.load_pem_x509_crl(file) if PEM in file[:200] else x509.load_der_x509_crl(file)
    except ValueError:
        return None


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether a certificate may issue others."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False
