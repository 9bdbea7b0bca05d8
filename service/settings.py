"""The settings, read from the environment: RIGHTKEY_* (and PORT)."""

from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.encoder import DEFAULT, Model

ROOT = Path(__file__).parents[1]


class Settings(BaseSettings):
    """Every setting has a default that works; a test holds this list and the README's together."""

    model_config = SettingsConfigDict(env_prefix="RIGHTKEY_", extra="ignore", frozen=True)

    data: Path = Field(default=ROOT / "data", description="the data folder: catalog, indexes, answers")
    cache: Path = Field(default=ROOT / ".cache" / "encoders", description="where exported encoders are kept")
    host: str = Field(default="127.0.0.1", description="the address to listen on")
    port: int = Field(
        default=8000, ge=0, le=65535, validation_alias=AliasChoices("PORT", "RIGHTKEY_PORT"), description="the port"
    )
    encoder: str = Field(default=DEFAULT, description="a sentence-transformers model with mean pooling, by hub name or folder")
    query_prefix: str = Field(default="", description="what that model wants before a question")
    passage_prefix: str = Field(default="", description="what that model wants before a passage")
    threads: int = Field(default=2, ge=1, description="cores that encode: one question, or passages side by side")
    chroma_url: str | None = Field(default=None, description="a Chroma server (http://host:8000) in place of the embedded one")
    database_url: str | None = Field(default=None, description="an SQLAlchemy URL in place of the SQLite catalog")
    answer_days: int = Field(default=30, ge=0, description="days that an answer can be opened again; 0 keeps none")
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$", description="debug, info, warning or error")

    @property
    def model(self) -> Model:
        return Model(self.encoder, self.query_prefix, self.passage_prefix)

    @property
    def folder(self) -> Path:
        return self.data.expanduser().resolve()
