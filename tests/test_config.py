"""Settings: sources and their order, errors of one line, secrets."""

import pytest

from claimstream.edges.config import ConfigError, Settings, describe, load


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "claimstream.toml"
    path.write_text('partitions = 3\napp_id = "from-file"\nlog_level = "debug"\n')
    return path


def test_defaults_stand_where_nothing_is_given():
    settings = load(environ={})
    assert settings == Settings()
    assert settings.topic("claims") == "claimstream.claims"
    assert (settings.metrics_host, settings.bootstrap_servers) == ("127.0.0.1", "127.0.0.1:9092")


def test_flags_go_before_the_environment_and_the_environment_before_the_file(file):
    settings = load(
        {"app_id": "flag", "partitions": None}, file, {"CLAIMSTREAM_APP_ID": "env", "CLAIMSTREAM_PARTITIONS": "5"}
    )
    assert (settings.app_id, settings.partitions, settings.log_level) == ("flag", 5, "debug")


def test_the_environment_can_name_the_file(file):
    assert load(environ={"CLAIMSTREAM_CONFIG": str(file)}).partitions == 3


@pytest.mark.parametrize(
    ("flags", "environ", "line"),
    [
        ({"partitions": "many"}, {}, "partitions = 'many' (from --partitions): Input should be a valid integer"),
        (
            {},
            {"CLAIMSTREAM_PARTITIONS": "0"},
            "partitions = '0' (from CLAIMSTREAM_PARTITIONS): Input should be greater",
        ),
        (
            {},
            {"CLAIMSTREAM_BOOTSTRAP_SERVERS": "kafka"},
            "bootstrap_servers = 'kafka' (from CLAIMSTREAM_BOOTSTRAP_SERVERS)",
        ),
        ({"bootstrap_servers": "a:1,b:99999"}, {}, "not 'b:99999'"),
        ({"metrics_port": 70000}, {}, "metrics_port = 70000 (from --metrics-port)"),
        ({"app_id": "a b"}, {}, "app_id = 'a b' (from --app-id)"),
        ({"store": "tape"}, {}, "store = 'tape' (from --store): Input should be 'memory' or 'rocksdb'"),
        ({"topics": 1}, {}, "unknown setting 'topics' (from --topics)"),
        ({"security_protocol": "SASL_SSL"}, {}, "SASL_SSL needs sasl_username and sasl_password"),
    ],
)
def test_a_wrong_value_is_one_line_with_key_value_and_source(flags, environ, line):
    with pytest.raises(ConfigError) as caught:
        load(flags, environ=environ)
    assert line in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [("partition = 3", "unknown setting 'partition'"), ("= 3", "Invalid"), ('store = "tape"', "store = 'tape'")],
)
def test_a_wrong_file_is_named(tmp_path, text, line):
    path = tmp_path / "bad.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(file=path, environ={})
    assert str(path) in str(caught.value)
    assert line in str(caught.value)
    with pytest.raises(ConfigError, match="No such file"):
        load(file=tmp_path / "none.toml", environ={})


def test_a_secret_is_never_shown():
    environ = {
        "CLAIMSTREAM_SASL_PASSWORD": "hush",
        "CLAIMSTREAM_SASL_USERNAME": "me",
        "CLAIMSTREAM_SECURITY_PROTOCOL": "SASL_SSL",
    }
    settings = load(environ=environ)
    assert settings.sasl_password.get_secret_value() == "hush"
    assert "hush" not in repr(settings) + str(settings) + str(describe(settings)) + settings.model_dump_json()
    assert ("sasl_password", "***") in [row[:2] for row in describe(settings)]
    with pytest.raises(ConfigError) as caught:
        load({"sasl_password": ["hush"]}, environ={})
    assert "hush" not in str(caught.value)


def test_every_setting_says_what_it_is_for():
    assert [name for name, _, meaning in describe() if not meaning] == []
