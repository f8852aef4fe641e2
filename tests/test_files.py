"""Articles from files, and one clear line for each thing that is none."""

import json

import pytest

from claimstream.edges.files import Unreadable, articles
from claimstream.model import Article

LIMIT = 100_000
ROW = {
    "id": "a1",
    "source": "post.example",
    "published_at": "2021-03-04T10:00:00+02:00",
    "title": "T",
    "text": "Rebels took it.",
}


def read(*paths, limit=LIMIT):
    return list(articles(list(paths), limit))


def reason(item):
    assert isinstance(item, Unreadable), item
    return f"{item.place}: {item.reason}"


def test_a_folder_gives_its_files_by_name(tmp_path):
    (tmp_path / "b.txt").write_text(
        "Second headline\n\nRebels took the town, the army said. Two bridges fell.\n\nNobody was hurt, a doctor said."
    )
    (tmp_path / "a.jsonl").write_text(json.dumps(ROW) + "\n\n" + json.dumps({**ROW, "id": "a2"}) + "\n")
    (tmp_path / "c.pdf").write_text("not ours")
    found = read(tmp_path)
    assert [a.id if a.source == "post.example" else a.title for a in found] == ["a1", "a2", "Second headline"]


def test_json_may_hold_one_article_a_list_or_a_stream(tmp_path):
    for name, value in (("one", ROW), ("list", [ROW]), ("stream", {"stream": "x", "articles": [ROW]})):
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(value))
        assert [a.id for a in read(file)] == ["a1"]


def test_html_loses_its_furniture(tmp_path):
    file = tmp_path / "page.html"
    sentence = "Rebels said on Thursday that they had taken the main bridge over the river, after a week of fighting."
    page = f"<article><h1>Bridge falls</h1>{f'<p>{sentence}</p>' * 3}</article>"
    file.write_text(f"<html><head><title>Bridge falls</title></head><body><nav>Home | World</nav>{page}</body></html>")
    [article] = read(file)
    assert isinstance(article, Article)
    assert article.title == "Bridge falls" and "Home" not in article.text and "main bridge" in article.text
    assert article.published_at is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.jsonl", b"\n\n", "empty"),
        ("latin.txt", "Sal\xe9".encode("latin-1"), "not UTF-8"),
        ("broken.json", b"{", "not JSON"),
        ("number.json", b"3", "neither an article nor a list"),
        ("shape.json", b'{"id": 1}', "missing"),
        ("page.html", b"<html><body></body></html>", "no article found"),
        ("note.doc", b"x", "unknown file type"),
    ],
)
def test_what_is_no_article_is_named_with_its_reason(tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)
    [item] = read(file)
    assert name in reason(item) and said in reason(item)


def test_a_bad_line_names_itself_and_the_rest_goes_on(tmp_path):
    file = tmp_path / "feed.jsonl"
    long = json.dumps({**ROW, "text": "x" * (LIMIT + 10)})
    file.write_text("\n".join([json.dumps(ROW), "{", '["a"]', long, json.dumps({**ROW, "id": "a9"})]))
    found = read(file)
    assert [a.id for a in found if isinstance(a, Article)] == ["a1", "a9"]
    assert [reason(i).split("feed.jsonl:")[1].split(":")[0] for i in found if isinstance(i, Unreadable)] == [
        "2",
        "3",
        "4",
    ]


def test_a_file_above_the_limit_is_not_read(tmp_path):
    file = tmp_path / "huge.txt"
    file.write_bytes(b"more than " * 5_000_000)
    assert "50000000 bytes, more than the limit" in reason(read(file)[0])


def test_a_missing_folder_is_named(tmp_path):
    assert "no such file" in reason(read(tmp_path / "nowhere")[0])
    assert "unknown file type" not in reason(read(tmp_path / "nowhere.txt")[0])
