"""What several commands share: their options, the settings of a call, and the log."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from claimstream import lexicon
from claimstream.edges import config
from claimstream.edges.config import ConfigError
from claimstream.edges.escape import OneLine
from claimstream.lexicon import names

ConfigFile = Annotated[Path | None, typer.Option("--config", help="TOML file with settings.", show_default=False)]
Servers = Annotated[str | None, typer.Option(help="Kafka brokers, host:port, comma between them.", show_default=False)]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Any setting of `claimstream config`.", show_default=False),
]
Port = Annotated[int | None, typer.Option(help="Port for /metrics, 0 for a free one.", show_default=False)]


def settings_from(file: Path | None, servers: str | None, sets: list[str] | None, **flags: Any) -> config.Settings:
    """The settings of this call; the table of `--set` counts as flags."""
    given: dict[str, Any] = {"bootstrap_servers": servers, **flags}
    for pair in sets or ():
        name, equals, value = pair.partition("=")
        if not equals:
            raise ConfigError(f"--set {pair!r}: NAME=VALUE is expected")
        key = name.strip().replace("-", "_")
        if key in config.SECRETS:
            raise ConfigError(
                f"--set {key}: a command line is seen by everybody on the machine; "
                f"set {config.PREFIX}{key.upper()} in the environment, or {key}_file"
            )
        given[key] = value
    settings = config.load(given, file)
    if settings.security_protocol != "PLAINTEXT":
        from claimstream.edges import login  # the clients take long to import, and a wrong file is to be told at once

        login.tls(settings)
    if settings.lexicon:
        use_names(settings.lexicon)
    return settings


def use_names(path: Path) -> None:
    """Reads an operator's names from a file (docs/manual.md). Raises ConfigError."""
    try:
        lexicon.use(lexicon.parse(path.read_text(encoding="utf-8")))
        names.forget()
    except OSError as error:
        raise ConfigError(f"lexicon = {path}: {error.strerror}") from None
    except ValueError as error:
        raise ConfigError(f"lexicon = {path}: {error}") from None


def logs(level: str) -> None:
    """One line a record on standard error, whatever text is in it. Clients never log what they send: debug would."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for noisy in ("aiokafka", "faust", "mode", "aiohttp", "asyncio"):
        logging.getLogger(noisy).setLevel(max(logging.INFO, logging.getLogger().level))
