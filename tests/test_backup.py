"""Backup and restore of the table: another installation goes on where the first one stood."""

import asyncio
import sys
from pathlib import Path

import pytest

from claimstream.streaming import feed
from one_worker import through
from test_kafka import articles, expected, settings_on

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import backup

pytestmark = pytest.mark.kafka


def test_a_restored_table_goes_on_where_the_first_one_stood(kafka, tmp_path):
    first, second = settings_on(kafka, tmp_path), settings_on(kafka, tmp_path)
    rows = list(articles(60))
    facts, _ = expected(rows)
    path = tmp_path / "table.jsonl.gz"

    async def scenario():
        await through(first, rows[:30])
        saved = await backup.save(first, path)
        restored = await backup.restore(second, path)
        assert saved == restored == len(await feed.table(second))
        # everything since before the backup is delivered again, as after a disaster
        return await through(second, rows[20:])

    results = asyncio.run(scenario())
    assert results.facts == facts


def test_a_backup_is_not_mixed_into_a_table_that_is_there(kafka, tmp_path):
    settings = settings_on(kafka, tmp_path)
    path = tmp_path / "table.jsonl.gz"

    async def scenario():
        await through(settings, list(articles(5)))
        await backup.save(settings, path)
        with pytest.raises(ValueError, match="is not empty"):
            await backup.restore(settings, path)
        with pytest.raises(ValueError, match="4 partitions, the settings 3"):
            await backup.restore(settings_on(kafka, tmp_path, partitions=3), path)

    asyncio.run(scenario())
