"""The command `notify`: tells people of alerts, through the sinks of the settings."""

from __future__ import annotations

import typer

from claimstream.commands.options import ConfigFile, Port, Servers, Sets, logs, settings_from


def notify(
    file: ConfigFile = None, bootstrap_servers: Servers = None, metrics_port: Port = None, sets: Sets = None
) -> None:
    """Tell people of alerts, by webhook and Alertmanager, until SIGTERM or Ctrl-C."""
    from claimstream.streaming.notify import run_notifier

    settings = settings_from(file, bootstrap_servers, sets, metrics_port=metrics_port)
    logs(settings.log_level)
    raise typer.Exit(run_notifier(settings))


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command()(notify)
