"""The files of deploy/ and docker-compose.yml: each by its own checker, and all against the code and each other."""

import importlib.util
import ipaddress
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import typer
import yaml
from typer.main import get_command

import promql
from claimstream.commands import cli_notify
from claimstream.commands.cli import app
from claimstream.edges import telling
from claimstream.edges.config import PREFIX, Settings, load
from claimstream.edges.kafka import topics
from claimstream.edges.metrics import Metrics
from claimstream.edges.told import NotifierMetrics
from needs import lacking

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
RULES = DEPLOY / "prometheus/rules/claimstream.yml"
HOW = {
    "promtool": "RUNLEVEL=1 apt-get install -y --no-install-recommends prometheus",
    "amtool": "RUNLEVEL=1 apt-get install -y --no-install-recommends prometheus-alertmanager",
}
WANTED = (
    "Watchdog Down Stalled LagGrowing Slow FeedSilent ExtractionDry ArticlesMalformed DeadLetters NotificationsFailing "
    "Restarting RecoveryStuck"
).split()
BUDGET, FAMILY_BUDGET = 450, 100


def tool(name, *arguments, given=None):
    """Runs a checker; skips without it, unless everything is required."""
    if not shutil.which(name):
        lacking(f"{name} is not installed: {HOW[name]}")
    return subprocess.run(
        [name, *map(str, arguments)], capture_output=True, text=True, input=given, timeout=60, cwd=ROOT, check=False
    )


def read(path):
    return yaml.safe_load((ROOT / path).read_text())


def rules():
    return [rule for group in read(RULES)["groups"] for rule in group["rules"]]


def dashboards():
    return {path.stem: json.loads(path.read_text()) for path in sorted((DEPLOY / "grafana/dashboards").glob("*.json"))}


COMPOSE = read("docker-compose.yml")
SERVICES = COMPOSE["services"]
PROMETHEUS = read("deploy/prometheus/prometheus.yml")
OURS = {name: row for name, row in SERVICES.items() if row["image"].startswith("claimstream:")}


def manifests():
    """Every Kubernetes object as it stands in the files."""
    for path in sorted((DEPLOY / "kubernetes").rglob("*.yaml")):
        for row in yaml.safe_load_all(path.read_text()):
            if row["kind"] != "Kustomization":
                yield path.name, row


def pods():
    for name, row in manifests():
        if row["kind"] in ("StatefulSet", "Deployment", "Job"):
            yield name, row["spec"]["template"]["spec"]


def kustomized(folder):
    """The settings that an overlay hands to the pods."""
    row = read(DEPLOY / "kubernetes" / folder / "kustomization.yaml")
    return dict(pair.split("=", 1) for each in row["configMapGenerator"] for pair in each["literals"])


# The checkers


@pytest.mark.parametrize(
    "command",
    [
        ("promtool", "check", "config", DEPLOY / "prometheus/prometheus.yml"),
        ("promtool", "check", "rules", "--lint=all", "--lint-fatal", RULES),
        ("promtool", "test", "rules", DEPLOY / "prometheus/tests/claimstream_test.yml"),
        ("amtool", "check-config", DEPLOY / "alertmanager/alertmanager.yml"),
    ],
    ids=lambda command: " ".join(map(str, command[:3]))[:24],
)
def test_a_checker_finds_nothing(command):
    run = tool(*command)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("metrics", [Metrics, NotifierMetrics])
def test_promtool_finds_nothing_in_the_metrics(metrics):
    text = metrics().text().decode()
    run = tool("promtool", "check", "metrics", given=text)
    assert run.returncode == 0 and not run.stderr, run.stderr
    families = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name = re.sub(r"_(bucket|sum|count)$", "", re.split(r"[{ ]", line)[0])
            families[name] = families.get(name, 0) + 1
    assert sum(families.values()) <= BUDGET, families
    assert max(families.values()) <= FAMILY_BUDGET, families


def test_alertmanagers_routes_lead_where_they_should():
    def receiver(**labels):
        pairs = [f"{name}={value}" for name, value in labels.items()]
        run = tool(
            "amtool", "config", "routes", "test", "--config.file", DEPLOY / "alertmanager/alertmanager.yml", *pairs
        )
        return run.stdout.splitlines()[-1] if run.returncode == 0 else run.stderr

    for rule in rules():
        labels = {"alertname": rule["alert"], **rule["labels"]}
        assert receiver(**labels) == ("watchdog" if rule["alert"] == "Watchdog" else "oncall")
    news = telling.alertmanager_alert(_alert(), _alert().opened_at)["labels"]
    assert receiver(**news) == "desk"


def test_the_words_for_a_phone_render(tmp_path):
    news = telling.alertmanager_alert(_alert(), _alert().opened_at)
    alarm = {"labels": {"alertname": "Down"}, "annotations": {"summary": "w is down", "runbook_url": "docs/runbook.md"}}
    data = tmp_path / "data.json"
    data.write_text(
        json.dumps({"status": "firing", "alerts": [{"status": "firing", **row} for row in (news, alarm)]}, default=str)
    )
    text = '{{ template "claimstream.title" . }}|{{ template "claimstream.text" . }}'
    glob = f"--template.glob={DEPLOY}/alertmanager/templates/*.tmpl"
    run = tool("amtool", "template", "render", glob, f"--template.data={data}", f"--template.text={text}")
    assert run.returncode == 0, run.stderr
    head, _, body = run.stdout.partition("|")
    assert head == "Disputed: killed: people (Riverton) (+1)"
    assert "“At least 40 people died.”" in body and "Down: w is down" in body


def _alert():
    from test_notify import alert

    return alert()


# Rules


def test_every_alarm_that_should_be_is_there():
    assert [rule["alert"] for rule in rules()] == WANTED


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_a_rule_asks_for_what_is_exported_and_says_what_to_do(rule):
    assert not promql.faults(rule["expr"])
    assert rule["labels"]["service"] == "claimstream"
    assert rule["labels"]["severity"] in ("none", "page", "ticket")
    assert rule["annotations"]["runbook_url"] == f"docs/runbook.md#{rule['alert'].lower()}"


@pytest.mark.parametrize("name", WANTED)
def test_an_alarm_has_its_entry_in_the_runbook(name):
    entries = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", (ROOT / "docs/runbook.md").read_text(), re.M | re.S))
    assert name in entries
    for part in ("**Meaning.** ", "**Impact.** ", "**Diagnosis.** ", "**Mitigation.** "):
        assert part in entries[name], f"{name}: {part}"


def test_the_runbook_speaks_of_no_alarm_that_is_gone():
    assert re.findall(r"^## (\w+)", (ROOT / "docs/runbook.md").read_text(), re.M) == WANTED


@pytest.mark.parametrize("name", WANTED)
def test_an_alarm_is_tested_firing_and_quiet(name):
    cases = [
        case["exp_alerts"] != []
        for test in read("deploy/prometheus/tests/claimstream_test.yml")["tests"]
        for case in test["alert_rule_test"]
        if case["alertname"] == name
    ]
    assert True in cases
    assert False in cases or name == "Watchdog"


def test_series_in_the_rules_tests_exist():
    for test in read("deploy/prometheus/tests/claimstream_test.yml")["tests"]:
        for row in test.get("input_series", ()):
            wrong = [
                fault for fault in promql.faults(row["series"]) if "without rate" not in fault and "le is" not in fault
            ]
            assert not wrong, wrong


def test_what_is_inhibited_exists():
    config = read("deploy/alertmanager/alertmanager.yml")
    matchers = [m for row in config["inhibit_rules"] for side in ("source", "target") for m in row[f"{side}_matchers"]]
    named = {name for m in matchers for name in re.search(r'"(.*)"', m)[1].split("|")}
    assert named <= set(WANTED)
    receivers = {row["name"] for row in config["receivers"]}
    assert {route["receiver"] for route in config["route"]["routes"]} | {config["route"]["receiver"]} == receivers


# Dashboards


def test_the_dashboards_are_what_the_script_writes():
    run = subprocess.run(
        [sys.executable, ROOT / "tools/dashboards.py", "--check"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


PANELS = [
    pytest.param(panel, id=f"{name}: {panel['title']}")
    for name, board in dashboards().items()
    for panel in board["panels"]
]


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_asks_for_what_is_exported(panel):
    for target in panel["targets"]:
        assert not promql.faults(target["expr"]), target["expr"]


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_keeps_the_house_rules(panel):
    assert panel["title"] and panel["description"] and panel["fieldConfig"]["defaults"]["unit"]
    assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
    assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
    for target in panel["targets"]:
        assert target["legendFormat"]
        assert not re.search(r"\[\d", target["expr"]), "a fixed window instead of $__rate_interval"
        for metric, matchers in promql.matchers(target["expr"]):
            if metric != "ALERTS":
                assert {("job", "Re", "$job"), ("instance", "Re", "$instance")} <= matchers


@pytest.mark.parametrize("name", ["overview", "claims", "kafka"])
def test_a_dashboard_fits_grafanas_schema(name):
    schema = json.loads((ROOT / "tests/schemas/grafana-dashboard.json").read_text())
    jsonschema.Draft7Validator(schema).validate(dashboards()[name])


@pytest.mark.parametrize("name", ["overview", "claims", "kafka"])
def test_a_dashboard_keeps_the_house_rules(name):
    board = dashboards()[name]
    assert board["editable"] is False and board["description"] and board["uid"] == f"claimstream-{name}"
    assert [v["name"] for v in board["templating"]["list"]] == ["datasource", "job", "instance"]
    for variable in board["templating"]["list"][1:]:
        assert variable["allValue"] == ".+" and variable["multi"] and variable["includeAll"]
        assert not promql.faults(re.match(r"label_values\((.*), \w+\)", variable["query"]["query"])[1])
    places = [panel["gridPos"] for panel in board["panels"]]
    cells = [(x, y) for p in places for x in range(p["x"], p["x"] + p["w"]) for y in range(p["y"], p["y"] + p["h"])]
    assert len(cells) == len(set(cells)), "panels lie on each other"
    assert max(x for x, _ in cells) < 24


# Compose


def test_compose_fits_its_schema():
    spec = importlib.util.find_spec("check_jsonschema")  # only its data: the package itself asks for a later click
    path = Path(spec.origin).parent / "builtin_schemas/vendor/compose-spec.json"
    jsonschema.validate(COMPOSE, json.loads(path.read_text()))


def test_compose_refers_only_to_what_is_there():
    for name, row in SERVICES.items():
        assert set(row.get("depends_on", ())) <= set(SERVICES), name
        for volume in row.get("volumes", ()):
            if isinstance(volume, str):
                source = volume.partition(":")[0]
                found = (ROOT / source).exists() if source.startswith("./") else source in COMPOSE["volumes"]
                assert found, f"{name}: {source}"


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_guarded(name):
    row = SERVICES[name]
    assert re.fullmatch(r"[\w./-]+:v?\d+\.\d+\.\d+", row["image"]), "not pinned"
    assert row["user"].partition(":")[0] not in ("0", "root", "")
    assert row["cap_drop"] == ["ALL"] and row["security_opt"] == ["no-new-privileges:true"]
    assert row.get("read_only") or name == "kafka", "Kafka alone writes its configuration at the start"
    assert row["deploy"]["resources"]["limits"]["memory"] and row["deploy"]["resources"]["limits"]["cpus"]
    assert row["healthcheck"].get("test") or name == "topics"
    for port in row.get("ports", ()):
        assert ipaddress.ip_address(port.split(":")[0]).is_loopback, port


def test_ports_on_this_machine_are_used_once():
    used = [port.split(":")[1] for row in SERVICES.values() for port in row.get("ports", ())]
    assert len(used) == len(set(used))


@pytest.mark.parametrize("name", OURS)
def test_a_service_of_ours_is_called_by_settings_and_commands_that_exist(name):
    row = OURS[name]
    environ = {key: re.sub(r"\$\{\w+:-(.*?)\}", r"\1", value) for key, value in row["environment"].items()}
    assert not [key for key in environ if key.removeprefix(PREFIX).lower() not in Settings.model_fields]
    settings = load(environ=environ)
    host, port = settings.bootstrap_servers.rsplit(":", 1)
    listeners = dict(re.findall(r"(\w+)://([\w.:]+)", SERVICES[host]["environment"]["KAFKA_ADVERTISED_LISTENERS"]))
    assert listeners["INTERNAL"] == f"{host}:{port}"
    assert (row.get("command") or ["worker"])[0] in commands()
    assert settings.metrics_host == "0.0.0.0"
    assert str(settings.metrics_port) in row["healthcheck"].get("test", ["", str(settings.metrics_port)])[-1]
    if settings.alertmanager_url:
        assert settings.alertmanager_url == "http://" + listens("alertmanager")
        assert "alertmanager" in settings.notify_hosts.split(",")


def commands():
    known = typer.Typer()
    cli_notify.register(known)
    known.command()(lambda: None)
    return set(get_command(app).commands) | set(get_command(known).commands)


def listens(name):
    """host:port of a service within the network, from the port it opens to this machine."""
    return f"{name}:{SERVICES[name]['ports'][0].split(':')[2]}"


def test_topics_of_the_code_are_those_of_the_pages():
    names = {topic.name for topic in topics(Settings())}
    page = (ROOT / "docs/operations.md").read_text()
    assert names <= set(re.findall(r"`(claimstream\.\w+)`", page))


# Prometheus, Alertmanager and Grafana within Compose


def test_prometheus_scrapes_what_runs():
    jobs = {
        job["job_name"]: [target for each in job["static_configs"] for target in each["targets"]]
        for job in PROMETHEUS["scrape_configs"]
    }
    assert jobs["claimstream-worker"] == [listens(name) for name in SERVICES if name.startswith("worker-")]
    assert jobs["claimstream-notifier"] == [listens("notifier")]
    assert jobs["alertmanager"] == [listens("alertmanager")]
    told = [t for each in PROMETHEUS["alerting"]["alertmanagers"] for c in each["static_configs"] for t in c["targets"]]
    assert told == [listens("alertmanager")]
    for name in ("worker-1", "worker-2", "notifier"):
        assert SERVICES[name]["environment"]["CLAIMSTREAM_METRICS_PORT"] == listens(name).split(":")[1]


def test_jobs_in_rules_are_those_that_are_scraped():
    known = {job["job_name"] for job in PROMETHEUS["scrape_configs"]}
    for rule in rules():
        for _, matchers in promql.matchers(rule["expr"]):
            for label, _, value in matchers:
                assert label != "job" or set(value.split("|")) <= known, rule["alert"]


def test_files_are_where_the_containers_look_for_them():
    mounts = {
        name: dict(volume.split(":")[1::-1] for volume in SERVICES[name]["volumes"])
        for name in ("prometheus", "alertmanager", "grafana")
    }
    for name, target in (("prometheus", "/etc/prometheus/prometheus.yml"), ("alertmanager", "/etc/alertmanager")):
        assert (ROOT / mounts[name][target]).exists()
        asked = next(c for c in SERVICES[name]["command"] if c.startswith("--config.file=")).partition("=")[2]
        assert asked.startswith(target)
    pattern = Path(PROMETHEUS["rule_files"][0])
    assert mounts["prometheus"][f"/etc/prometheus/{pattern.parent}"] == "./" + str(RULES.parent.relative_to(ROOT))
    provider = read("deploy/grafana/provisioning/dashboards/claimstream.yml")["providers"][0]
    assert mounts["grafana"][provider["options"]["path"]] == "./deploy/grafana/dashboards"
    home = Path(SERVICES["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"])
    assert str(home.parent) == provider["options"]["path"] and home.stem in dashboards()
    source = read("deploy/grafana/provisioning/datasources/prometheus.yml")["datasources"][0]
    assert source["url"] == "http://" + listens("prometheus")
    assert (DEPLOY / "alertmanager/templates").is_dir()


# The image and Kubernetes


def test_hadolint_finds_nothing_in_the_dockerfile():
    program = Path(sys.executable).with_name("hadolint")
    run = subprocess.run([program, DEPLOY / "Dockerfile"], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_image_gets_what_it_copies():
    """Everything that the first stage copies passes .dockerignore, which lets nothing else through."""
    copied = set(" ".join(re.findall(r"^COPY (?!--from)(.*) \S+$", (DEPLOY / "Dockerfile").read_text(), re.M)).split())
    let = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == let and all((ROOT / name).exists() for name in copied)
    assert "\n*\n" in (ROOT / ".dockerignore").read_text()


def test_the_image_runs_without_root_as_the_user_that_is_named_elsewhere():
    text = (DEPLOY / "Dockerfile").read_text()
    uid = re.search(r"--uid (\d+)", text)[1]
    assert text.rindex(f"\nUSER {uid}:{uid}\n") < text.rindex("\nENTRYPOINT")
    assert text.count("\nFROM ") + text.startswith("FROM ") == 2
    assert {row["user"] for row in OURS.values()} == {f"{uid}:{uid}"}
    assert {str(spec["securityContext"]["runAsUser"]) for _, spec in pods()} == {uid}


@pytest.mark.parametrize("folder", ["base", "production"])
def test_kubernetes_settings_exist(folder):
    environ = kustomized(folder)
    assert not [key for key in environ if key.removeprefix(PREFIX).lower() not in Settings.model_fields]
    login = {"sasl_username": "x", "sasl_password": "x"} if "CLAIMSTREAM_SECURITY_PROTOCOL" in environ else {}
    load(login, environ=environ)


def test_kubernetes_pods_are_guarded_and_probed():
    settings = load(environ=kustomized("base"))
    for name, spec in pods():
        assert spec["securityContext"]["runAsNonRoot"] is True and not spec["automountServiceAccountToken"], name
        (container,) = spec["containers"]
        guard = container["securityContext"]
        assert guard["readOnlyRootFilesystem"] is True and guard["allowPrivilegeEscalation"] is False
        assert guard["capabilities"] == {"drop": ["ALL"]} and container["resources"]["limits"]["memory"]
        assert container["args"][0] in commands()
        if container["args"] != ["topics"]:
            assert [port["containerPort"] for port in container["ports"]] == [settings.metrics_port]
            assert container["livenessProbe"]["httpGet"] == {"path": "/healthz", "port": "metrics"}
            assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "metrics"}
            assert spec["terminationGracePeriodSeconds"] > settings.shutdown_timeout_s


def test_kubernetes_workers_keep_tables_and_standbys():
    settings = load(environ=kustomized("base"))
    (worker,) = [row for _, row in manifests() if row["kind"] == "StatefulSet"]
    (container,) = worker["spec"]["template"]["spec"]["containers"]
    mounted = {mount["mountPath"]: mount["name"] for mount in container["volumeMounts"]}
    assert mounted[str(settings.data_dir)] in {c["metadata"]["name"] for c in worker["spec"]["volumeClaimTemplates"]}
    assert settings.standby_replicas >= 1 and settings.store == "rocksdb"
    assert worker["spec"]["replicas"] <= settings.partitions
    ports = [
        p["port"]
        for _, row in manifests()
        if row["kind"] == "NetworkPolicy"
        for i in row["spec"]["ingress"]
        for p in i["ports"]
    ]
    assert ports == [settings.metrics_port]


def test_promtool_finds_nothing_in_what_scrapes_pods(tmp_path):
    """With a list instead of the discovery of pods, which Debian builds its Prometheus without."""
    config = read("deploy/prometheus/kubernetes.yml")
    del config["scrape_configs"][0]["kubernetes_sd_configs"]
    config["scrape_configs"][0]["static_configs"] = [{"targets": ["10.0.0.1:9464"]}]
    config["rule_files"] = [str(RULES)]
    path = tmp_path / "prometheus.yml"
    path.write_text(yaml.safe_dump(config))
    run = tool("promtool", "check", "config", path)
    assert run.returncode == 0, run.stdout + run.stderr


def test_prometheus_finds_the_pods_under_the_names_that_the_rules_use():
    config = read("deploy/prometheus/kubernetes.yml")
    assert config["rule_files"] == PROMETHEUS["rule_files"] and config["alerting"] == PROMETHEUS["alerting"]
    (job,) = config["scrape_configs"]
    namespaces = [row["metadata"]["name"] for _, row in manifests() if row["kind"] == "Namespace"]
    assert job["kubernetes_sd_configs"][0]["namespaces"]["names"] == namespaces
    keep, name, _ = job["relabel_configs"]
    ports = {port["name"] for _, spec in pods() for c in spec["containers"] for port in c.get("ports", ())}
    assert ports == {keep["regex"]}
    components = {
        row["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/component"]
        for _, row in manifests()
        if row["kind"] in ("StatefulSet", "Deployment")
    }
    named = {name["replacement"].replace("$1", each) for each in components if re.fullmatch(name["regex"], each)}
    assert named == {
        job["job_name"] for job in PROMETHEUS["scrape_configs"] if job["job_name"].startswith("claimstream")
    }


def test_kustomize_builds_what_compose_runs():
    if not shutil.which("kubectl"):
        pytest.skip("kubectl is not installed: it brings kustomize (Debian: kubernetes-client)")
    for folder in ("base", "production"):
        run = subprocess.run(
            ["kubectl", "kustomize", DEPLOY / "kubernetes" / folder],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        images = set(re.findall(r"image: (\S+)", run.stdout))
        assert images == {OURS["worker-1"]["image"]}
