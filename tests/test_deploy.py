"""What is deployed is what the bot is: its settings, its pages, its probes, and nothing that it does not need."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from bot import setting_values
from bot.http.health import LIVE
from bot.serve import KEEP_ALIVE_SECONDS, STOP_SECONDS
from bot.settings import Settings, variable
from bot.site import METRICS_PATH
from bot.slack.receiving.http import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH
from bot.slack.receiving.verification import BODY_MAX_BYTES

DEPLOY: Final = Path(__file__).resolve().parent.parent / "deploy"
ROOT: Final = DEPLOY.parent
VARIABLES: Final = {variable(field): field for field in Settings.model_fields}
SECRETS: Final = {
    name for name, field in VARIABLES.items() if "Secret" in str(Settings.model_fields[field].annotation)
}
PUBLIC: Final = {EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH}


def _compose() -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return made


def _manifests() -> Iterator[dict[str, Any]]:
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")):
        yield from yaml.safe_load_all(path.read_text())


def _of_kind(kind: str) -> dict[str, Any]:
    return next(one for one in _manifests() if one["kind"] == kind)


def _environments() -> list[dict[str, str]]:
    pod = _of_kind("Deployment")["spec"]["template"]["spec"]["containers"][0]
    given = {one["name"]: one["value"] for one in pod["env"]}
    return [_compose()["services"]["bot-1"]["environment"], given | _of_kind("ConfigMap")["data"]]


@pytest.mark.parametrize("given", _environments(), ids=["compose", "kubernetes"])
def test_what_is_set_are_settings_and_secrets_stand_in_files_alone(given: dict[str, str]) -> None:
    plain = {name for name in given if not name.endswith("_FILE")}
    filed = {name.removesuffix("_FILE") for name in given if name.endswith("_FILE")}
    assert plain <= set(VARIABLES) - SECRETS
    assert filed <= SECRETS
    assert {"SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "YRD_ENCRYPTION_KEY", "YRD_DATABASE_URL"} == filed
    assert {"SLACK_CLIENT_ID", "YRD_PUBLIC_URL"} <= plain
    assert given["YRD_HOST"] == "0.0.0.0"


def test_the_bots_of_kubernetes_may_do_no_more_than_they_need() -> None:
    pod = _of_kind("Deployment")["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    bot = pod["containers"][0]
    assert bot["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    written = {volume["name"] for volume in pod["volumes"] if "emptyDir" in volume}
    assert {one["mountPath"] for one in bot["volumeMounts"] if one["name"] in written} == {
        "/var/lib/yrd-desk",
        "/tmp",
    }


def test_the_containers_of_compose_may_do_no_more_than_they_need() -> None:
    services = _compose()["services"]
    for bot in (services["bot-1"], services["bot-2"]):
        assert (bot["read_only"], bot["cap_drop"]) == (True, ["ALL"])
        assert int(bot["stop_grace_period"].rstrip("s")) > STOP_SECONDS
    assert "ports" not in services["db"]
    # Nobody but the bots reaches the database.
    assert services["db"]["networks"] == ["database"]
    assert "database" in services["bot-1"]["networks"]
    assert "networks" not in services["balancer"]
    assert _compose()["networks"]["database"] == {"internal": True}
    # One builds what both run.
    built = services["bot-1"].pop("build")
    assert services["bot-2"].pop("pull_policy") == "never"
    assert services["bot-1"] == services["bot-2"]
    told = re.findall(r"^ARG (\w+)=", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert set(built["args"]) == set(told)


def test_the_image_asks_who_listens() -> None:
    (asked,) = re.findall(r"/\w+z\b", (DEPLOY / "Dockerfile").read_text().split("\nHEALTHCHECK ")[1])
    assert asked == LIVE


def test_kubernetes_asks_who_listens_and_waits_for_work_in_hand() -> None:
    spec = _of_kind("Deployment")["spec"]
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    pod = spec["template"]["spec"]
    bot = pod["containers"][0]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert bot[probe]["httpGet"] == {"path": LIVE, "port": "http"}
    pause = int(bot["lifecycle"]["preStop"]["exec"]["command"][-1])
    assert pod["terminationGracePeriodSeconds"] > pause + STOP_SECONDS


def test_what_is_passed_on_from_outside_is_what_slack_and_browsers_need() -> None:
    known = re.search(r"@known path (.*)", (DEPLOY / "Caddyfile").read_text())
    assert known is not None
    assert set(known[1].split()) == PUBLIC
    paths = _of_kind("Ingress")["spec"]["rules"][0]["http"]["paths"]
    assert {path["path"] for path in paths} == PUBLIC
    assert {path["pathType"] for path in paths} == {"Exact"}


def test_the_load_balancer_reads_whole_requests_and_sends_none_to_a_bot_that_may_not_answer() -> None:
    said = (DEPLOY / "Caddyfile").read_text()
    numbers = {
        name: int(number) for name, number in re.findall(r"^\s+(\w+) (\d+)(?:s|KiB)$", said, re.MULTILINE)
    }
    assert numbers["request_buffers"] * 1024 > BODY_MAX_BYTES
    # One that let a request down is left alone until its health was asked for.
    assert numbers["fail_duration"] > numbers["health_interval"] + numbers["health_timeout"]
    assert numbers["keepalive"] < KEEP_ALIVE_SECONDS
    # A machine that is gone is given up in time for another to answer within Slack's three seconds.
    assert numbers["dial_timeout"] < numbers["lb_try_duration"] < 3


def test_whoever_the_image_runs_as_may_write_where_the_bot_does() -> None:
    made = (DEPLOY / "Dockerfile").read_text()
    user, group = re.findall(r"useradd .*--uid (\d+) --gid (\d+)", made)[0]
    assert re.findall(r"groupadd --gid (\d+)", made) == [group]
    assert re.findall(r"^USER (\d+)$", made, re.MULTILINE) == [user]
    pod = _of_kind("Deployment")["spec"]["template"]["spec"]["securityContext"]
    assert (str(pod["runAsUser"]), str(pod["fsGroup"])) == (user, group)
    for bot in ("bot-1", "bot-2"):
        folder = next(
            one for one in _compose()["services"][bot]["tmpfs"] if one.startswith("/var/lib/yrd-desk")
        )
        assert f"uid={user},gid={group}" in folder


def test_kustomize_names_every_manifest_and_nothing_else() -> None:
    named = set(_of_kind("Kustomization")["resources"])
    there = {path.name for path in (DEPLOY / "kubernetes").glob("*.yaml")} - {"kustomization.yaml"}
    assert named == there


def test_the_image_is_made_of_what_is_there() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    names = [name for line in copied for name in line.split()]
    assert names
    let_in = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    for name in names:
        assert (ROOT / name).exists()
        assert f"!{name}" in let_in


def test_secrets_are_made_once_and_are_what_the_settings_take(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    for name in ("secrets/make", "postgresql/role.sh", "Caddyfile"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(DEPLOY / name, tmp_path / name)
        # As under a umask that keeps others out.
        (tmp_path / name).chmod(0o700)
    for _ in range(2):
        said = subprocess.run([folder / "make"], check=True, capture_output=True, text=True)
        made = {path.name: path.read_text() for path in folder.iterdir() if path.name != "make"}
    wanted = {Path(one["file"]).name for one in _compose()["secrets"].values()}
    assert set(made) == wanted
    assert setting_values.encryption_keys(made["yrd_encryption_key"])
    setting_values.database(made["yrd_database_url"])
    assert made["yrd_database_password"] in made["yrd_database_url"]
    assert "slack_client_secret" in said.stdout
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "postgresql" / "role.sh").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "Caddyfile").stat().st_mode) == 0o644
    kept = subprocess.run([folder / "make"], check=True, capture_output=True)
    assert kept.returncode == 0
    assert (folder / "yrd_encryption_key").read_text() == made["yrd_encryption_key"]


def test_the_scripts_of_deployment_are_plain_shell() -> None:
    for script in (DEPLOY / "secrets" / "make", DEPLOY / "postgresql" / "role.sh"):
        assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
        assert script.stat().st_mode & stat.S_IXUSR


def test_metrics_are_scraped_within_the_cluster_where_the_bot_shows_them() -> None:
    pod = _of_kind("Deployment")["spec"]["template"]
    told = pod["metadata"]["annotations"]
    assert told["prometheus.io/path"] == METRICS_PATH
    ports = [one["containerPort"] for one in pod["spec"]["containers"][0]["ports"]]
    assert ports == [int(told["prometheus.io/port"])]
