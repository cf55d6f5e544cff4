"""Every setting of techfair: one typed class, read from TECHFAIR_* variables."""

import os
import secrets
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PACKAGE = Path(__file__).parent
WEB_THREADS = 8  # of each web process


class WrongSetting(Exception):
    """A setting that stops the start; its text names the variable and the reason."""


def _is_web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://fair.example.vn")
    return value.rstrip("/")


def _is_database_address(value: str) -> str:
    try:
        dialect = make_url(value).get_backend_name()
    except ArgumentError as error:
        raise ValueError("must be an address such as postgresql://user@host/name") from error
    if dialect not in {"sqlite", "postgresql"}:
        raise ValueError("must start with sqlite: or postgresql:")
    return value


def _is_smtp_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("must be an address such as smtp://user:password@mail.example.vn:587")
    return value


def _is_redis_address(value: str) -> str:
    if urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("must start with redis:, rediss: or unix:")
    return value


def _is_folder_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "file" or not parts.path.startswith("/"):
        raise ValueError("must be a folder written as file:///path/to/folder")
    return value


class Settings(BaseSettings):
    """What an operator may set: each field is TECHFAIR_<NAME>, its description is the operator's page.

    Reading it raises WrongSetting with one sentence that names the variable and the reason.
    """

    model_config = SettingsConfigDict(env_prefix="TECHFAIR_", extra="forbid", frozen=True)

    instance: Path = Field(Path("instance"), description="Folder of the database, keys, files and outbox.")
    database_url: Annotated[str, AfterValidator(_is_database_address)] | None = Field(
        None, description="Database; without it SQLite in the instance folder. postgresql:// for PostgreSQL."
    )
    redis_url: Annotated[str, AfterValidator(_is_redis_address)] | None = Field(
        None, description="Redis that carries jobs and rate limits where several machines serve one fair."
    )
    files_url: Annotated[str, AfterValidator(_is_folder_address)] | None = Field(
        None, description="Folder of uploaded and made files (file:///...); default: files in the instance."
    )
    smtp_url: Annotated[str, AfterValidator(_is_smtp_address)] | None = Field(
        None, description="Mail server; smtps:// for TLS at once. Without it mail is written to the outbox."
    )
    mail_from: str = Field("techfair@localhost", description="Sender's address of all mail.")
    secret_key: str | None = Field(
        None,
        min_length=32,
        description="Signs sessions and links; made in the instance, but not on PostgreSQL.",
    )
    base_url: Annotated[str, AfterValidator(_is_web_address)] = Field(
        "http://127.0.0.1:8000",
        description="Public address; it stands in mails and badges. Use https in public.",
    )
    badge_url: Annotated[str, AfterValidator(_is_web_address)] | None = Field(
        None,
        description="Address in badges where it is not the server's own: a hall server's badges name the central one.",
    )
    other_names: str = Field(
        "", description="Further names and addresses under which this server is reached, with commas between."
    )
    hall: bool = Field(False, description="Serve gates in a hall beside a central server; set by serve --hall.")
    trusted_proxies: int = Field(0, ge=0, le=5, description="Number of reverse proxies in front.")
    upload_megabytes: int = Field(10, ge=1, le=200, description="Largest upload in megabytes.")
    timestamp_url: Annotated[str, AfterValidator(_is_web_address)] | None = Field(
        None,
        description="Time stamp authority (RFC 3161) for the seal of agreements; trust its root in /admin/trust.",
    )
    inner_hosts: str = Field(
        "",
        description="Hosts inside, with commas between, that may be asked about withdrawn certificates and to sign.",
    )
    session_hours: int = Field(12, ge=1, le=720, description="Hours after which a sign-in ends.")
    worker_threads: int = Field(2, ge=1, le=32, description="Jobs that the background worker runs at once.")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR.")

    @classmethod
    def read(cls, **chosen: Any) -> "Settings":
        """The settings of the environment, with ``chosen`` before it; raises WrongSetting."""
        try:
            return cls(**chosen)
        except ValidationError as error:
            raise WrongSetting("\n".join(_sentence(fault) for fault in error.errors())) from error

    @model_validator(mode="after")
    def _secret_is_shared_on_purpose(self) -> "Settings":
        if self.is_postgresql and not self.secret_key:
            raise ValueError(
                "TECHFAIR_SECRET_KEY must be set with PostgreSQL: every machine on one database signs with"
                " the same key. Make one with: python -c 'import secrets; print(secrets.token_hex(32))'"
            )
        return self

    @property
    def is_postgresql(self) -> bool:
        return bool(self.database_url) and make_url(self.database_url or "").get_backend_name() == "postgresql"

    @property
    def database_address(self) -> str:
        """The address SQLAlchemy takes, with this program's own default."""
        return self.database_url or f"sqlite:///{self.instance.resolve() / 'techfair.sqlite3'}"

    @property
    def files_folder(self) -> Path:
        return Path(urlsplit(self.files_url).path) if self.files_url else self.instance / "files"

    @property
    def outbox_folder(self) -> Path:
        return self.instance / "outbox"

    @property
    def template_path(self) -> Path:
        return _carried("templates")

    @property
    def migrations_path(self) -> Path:
        return _carried("migrations")

    @property
    def is_secure(self) -> bool:
        return self.base_url.startswith("https:")

    @property
    def trusted_hosts(self) -> list[str]:
        """The public name, further ones, and this machine's own for health checks and the demo."""
        further = {name.strip() for name in self.other_names.split(",")} - {""}
        return sorted({urlsplit(self.base_url).hostname or "", "127.0.0.1", "localhost"} | further)

    def secret(self) -> str:
        """The secret key; on the first run without one, made in the instance folder for its owner alone."""
        return self.secret_key or _kept_secret(self.instance / "secret-key")

    def for_flask(self) -> dict[str, Any]:
        return {
            "SECRET_KEY": self.secret(),
            "HALL": self.hall,
            "SQLALCHEMY_DATABASE_URI": self.database_address,
            "MAX_CONTENT_LENGTH": self.upload_megabytes * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "SESSION_COOKIE_NAME": "techfair",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.is_secure,
            "REMEMBER_COOKIE_HTTPONLY": True,
            "REMEMBER_COOKIE_SECURE": self.is_secure,
            "PERMANENT_SESSION_LIFETIME": self.session_hours * 3600,
            "TRUSTED_HOSTS": self.trusted_hosts,
            "WTF_CSRF_TIME_LIMIT": None,
            "OPENAPI_VERSION": "3.1.0",
            "RATELIMIT_STORAGE_URI": self.redis_url or "memory://",
            "RATELIMIT_HEADERS_ENABLED": True,
        }


def _sentence(fault: Any) -> str:
    reason = fault["msg"].removeprefix("Value error, ")
    if not fault["loc"]:
        return str(reason)
    return f"TECHFAIR_{str(fault['loc'][0]).upper()}: {reason} (it is {fault['input']!r})."


def _carried(folder: str) -> Path:
    """A folder that the wheel carries inside the package and a checkout has beside it."""
    inside = PACKAGE / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder


def _kept_secret(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as kept:
        kept.write(secrets.token_hex(32))
        kept.flush()
        os.fsync(kept.fileno())
    return file.read_text().strip()
