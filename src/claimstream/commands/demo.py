"""The demo: broker, worker and metrics in this process; articles are replayed, disputes shown as they happen."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.text import Text

from claimstream.commands import show
from claimstream.commands.replay import steps
from claimstream.edges import config
from claimstream.edges.metrics import Metrics, MetricsServer
from claimstream.edges.wording import plain, topic
from claimstream.model import Alert, Article, Settings
from claimstream.streaming import embedded


def run(out: Console, articles: Sequence[Article], settings: config.Settings, judging: Settings, once: bool) -> None:
    """Replays the articles, then keeps the metrics up until Ctrl-C or SIGTERM; with `once` it ends by itself."""
    asyncio.run(_run(out, articles, settings, judging, once))


async def _run(
    out: Console, articles: Sequence[Article], settings: config.Settings, judging: Settings, once: bool
) -> None:
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    metrics = Metrics()
    server = _server(out, metrics, settings)
    try:
        async with embedded.Run(steps(judging), settings, metrics=metrics, on_alert=_teller(out)) as worker:
            out.print(
                Text(f"Replaying {len(articles)} articles through the embedded broker, metrics on {server.url}/metrics")
            )
            for article in articles:
                if asked.is_set():
                    break
                out.print(Text(f"→ {plain(article.source)}: {plain(article.title)}", style="dim"))
                await worker.put(article)
                await worker.drain()
            results = worker.results()
            show.consensus(out, results.facts, limit=25)
            show.summary(out, results)
            if not once and not asked.is_set():
                out.print("Ctrl-C ends the demo.", style="dim")
                await asked.wait()
    finally:
        server.stop()


def _teller(out: Console) -> Callable[[Alert], None]:
    """Shows an alert when it becomes a contradiction; later revisions in one line."""
    seen: set[str] = set()

    def tell(alert: Alert) -> None:
        if alert.type != "contradiction":
            return
        if alert.id in seen:
            out.print(Text(f"  {topic(alert)}: {alert.state}, {plain(alert.reason.words)}", style="dim"))
        else:
            seen.add(alert.id)
            out.print(show.alert_panel(alert))

    return tell


def _server(out: Console, metrics: Metrics, settings: config.Settings) -> MetricsServer:
    """The metrics on their port; where that is taken, on a free one."""
    try:
        server = MetricsServer(metrics, settings.metrics_host, settings.metrics_port)
    except OSError:
        server = MetricsServer(metrics, settings.metrics_host, 0)
        out.print(f"port {settings.metrics_port} is taken, another one serves", style="dim")
    server.start()
    return server
