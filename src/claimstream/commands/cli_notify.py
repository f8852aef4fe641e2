"""The command `notify`: tells people of alerts, through the sinks of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigFile = Annotated[Path | None, typer.Option("--config", help="TOML file with settings.", show_default=False)]
Servers = Annotated[str | None, typer.Option(help="Kafka brokers, host:port, comma between them.", show_default=False)]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Any setting of `claimstream config`.", show_default=False),
]
Port = Annotated[int | None, typer.Option(help="Port for /metrics, 0 for a free one.", show_default=False)]


def notify(
    file: ConfigFile = None, bootstrap_servers: Servers = None, metrics_port: Port = None, sets: Sets = None
) -> None:
    """Tell people of alerts, by webhook and Alertmanager, until SIGTERM or Ctrl-C."""
    from claimstream.commands import cli
    from claimstream.streaming.notify import run_notifier

    settings = cli.settings_from(file, bootstrap_servers, sets, metrics_port=metrics_port)
    cli.logs(settings.log_level)
    raise typer.Exit(run_notifier(settings))


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command()(notify)
