"""The settings, read from the environment: RIGHTKEY_* (and PORT)."""

from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from ingest.encoder import DEFAULT, Model

ROOT = Path(__file__).parents[1]


class _Prefixes(EnvSettingsSource):
    """The two settings of which an empty variable says something: no prefix."""

    def __init__(self, settings: type[BaseSettings]) -> None:
        super().__init__(settings, env_ignore_empty=False)

    def __call__(self) -> dict[str, Any]:
        return {name: value for name, value in super().__call__().items() if name in ("query_prefix", "passage_prefix")}


class Settings(BaseSettings):
    """Every setting has a default that works; a test holds this list and the README's together."""

    # an empty variable is as good as none, a prefix's aside
    model_config = SettingsConfigDict(env_prefix="RIGHTKEY_", extra="ignore", frozen=True, env_ignore_empty=True)

    data: Path = Field(default=ROOT / "data", description="the data folder: catalog, indexes, answers")
    cache: Path = Field(default=ROOT / ".cache" / "encoders", description="where exported encoders are kept")
    host: str = Field(default="127.0.0.1", description="the address to listen on")
    port: int = Field(
        default=8000, ge=0, le=65535, validation_alias=AliasChoices("PORT", "RIGHTKEY_PORT"), description="the port"
    )
    encoder: str = Field(default=DEFAULT, description="a sentence-transformers model, by hub name or folder")
    query_prefix: str | None = Field(default=None, description="put before a question; unset: as the model wants; empty: none")
    passage_prefix: str | None = Field(default=None, description="put before a passage; unset: as the model wants; empty: none")
    threads: int = Field(default=2, ge=1, description="cores that encode: one question, or passages side by side")
    chroma_url: str | None = Field(default=None, description="a Chroma server (http://host:8000) in place of the embedded one")
    database_url: str | None = Field(default=None, description="an SQLAlchemy URL in place of the SQLite catalog")
    answer_days: int = Field(default=30, ge=0, description="days that an answer can be opened again; 0 keeps none")
    address: str = Field(default="", description="where visitors reach the service (https://host), for a portal's line")
    trusted_proxies: str = Field(
        default="", description="addresses or networks of the proxies in front, whose X-Forwarded-For is believed"
    )
    hourly: int | None = Field(
        default=None,
        ge=0,
        description="questions an hour from one address without a site; 0: no limit; unset: none, or 60 where there is a site",
    )
    contact: str = Field(default="", description="an e-mail or web address to which errors in a case are reported")
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$", description="debug, info, warning or error")

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *sources: PydanticBaseSettingsSource, **named: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (*sources, *named.values(), _Prefixes(settings_cls))

    @field_validator("cache")
    @classmethod
    def _whole_path(cls, folder: Path) -> Path:
        return folder.expanduser().resolve()  # the export runs in another folder than the command that asks for it

    @field_validator("encoder")
    @classmethod
    def _name_or_whole_path(cls, name: str) -> str:
        folder = Path(name).expanduser()
        is_folder = name.startswith((".", "~", "/")) or (name != DEFAULT and folder.is_dir())
        return str(folder.resolve()) if is_folder else name

    @field_validator("chroma_url")
    @classmethod
    def _address(cls, url: str | None) -> str | None:
        if url is not None and not _is_address(url):
            raise ValueError(f"{url!r} is no address of a Chroma server: write it as http://host:8000")
        return url.rstrip("/") if url else None

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, text: str) -> str:
        networks = []
        for one in filter(None, map(str.strip, text.split(","))):
            try:
                networks.append(ip_network(one, strict=False))
            except ValueError as error:
                raise ValueError(f"{one!r} is no address or network: write 10.0.0.5 or 10.0.0.0/8") from error
        # an IPv4 proxy that comes through an IPv6 socket wears its address so (RFC 4291, 2.5.5.2)
        mapped = [f"::ffff:{one.network_address}/{96 + one.prefixlen}" for one in networks if one.version == 4]
        return ",".join([*map(str, networks), *mapped])

    @field_validator("address")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if url and urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(f"{url!r} is no web address: write it as https://host")
        return url.rstrip("/")

    @property
    def model(self) -> Model:
        return Model(self.encoder, self.query_prefix, self.passage_prefix)

    @property
    def folder(self) -> Path:
        return self.data.expanduser().resolve()


def _is_address(url: str) -> bool:
    try:
        at = urlsplit(url)
        return at.scheme in ("http", "https") and bool(at.hostname) and at.port != 0 and at.path in ("", "/")
    except ValueError:  # a port that is no number
        return False
