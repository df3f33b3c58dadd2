"""The manifests as they would be applied, judged by tools that know the cluster's own schemas."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = [pytest.mark.conteneurs, pytest.mark.timeout(900)]

OVERLAYS = ("overlays/demo", "overlays/production")
CLUSTER = "1.34"
# Kinds of operators: kubernetes-validate has no schema for them.
OF_OPERATORS = ("strimzi.io", "mongodb.com", "keycloak.org", "external-secrets.io", "keda.sh")
ACCEPTED = {
    "CKV_K8S_15": "images are pinned by version or digest; a side-loaded one must not be pulled",
    "CKV_K8S_40": "the demonstration's servers run as the user their public image was made for",
    "CKV_K8S_43": "digests are production's; checked apart",
}


@pytest.fixture(params=OVERLAYS)
def built(request: pytest.FixtureRequest, kustomize: Callable[[str], str], tmp_path: Path) -> Path:
    path = tmp_path / "manifestes.yaml"
    path.write_text(kustomize(request.param), encoding="utf-8")
    return path


def things(path: Path) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]


def pods(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """The name and pod spec of everything that runs one."""
    found = []
    for one in things(path):
        if one["kind"] in {"Deployment", "Job", "CronJob"}:
            spec = one["spec"]["jobTemplate"]["spec"] if one["kind"] == "CronJob" else one["spec"]
            found.append((one["metadata"]["name"], spec["template"]["spec"]))
    return found


def test_each_object_follows_the_cluster_s_schema(
    built: Path, outil: Callable[[str], str], tmp_path: Path
) -> None:
    known = [one for one in things(built) if not one["apiVersion"].split("/")[0].endswith(OF_OPERATORS)]
    path = tmp_path / "connus.yaml"
    path.write_text(yaml.safe_dump_all(known), encoding="utf-8")
    ran = subprocess.run(
        [outil("kubernetes-validate"), "--strict", "-k", CLUSTER, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0, said
    assert "WARN" not in said


def test_checkov_finds_nothing_that_was_not_accepted(built: Path, outil: Callable[[str], str]) -> None:
    words = ["--skip-download", "--framework", "kubernetes", "--compact", "--quiet"]
    ran = subprocess.run(
        [outil("checkov"), *words, "--skip-check", ",".join(ACCEPTED), "-f", str(built)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-4000:]


def test_every_pod_fits_the_restricted_level(built: Path) -> None:
    for name, pod in pods(built):
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        for container in [*pod["containers"], *pod.get("initContainers", [])]:
            context = container["securityContext"]
            assert context["allowPrivilegeEscalation"] is False, name
            assert context["capabilities"] == {"drop": ["ALL"]}, name
            resources = container["resources"]
            for side in ("requests", "limits"):
                assert resources[side].keys() == {"cpu", "memory", "ephemeral-storage"}, name


def test_every_selector_finds_its_own_pods(built: Path) -> None:
    for one in things(built):
        if one["kind"] == "Deployment":
            wanted = one["spec"]["selector"]["matchLabels"].items()
            assert wanted <= one["spec"]["template"]["metadata"]["labels"].items(), one["metadata"]["name"]


def test_every_autoscaler_and_budget_has_its_deployment(built: Path) -> None:
    deployments = {one["metadata"]["name"] for one in things(built) if one["kind"] == "Deployment"}
    scaled = {
        one["spec"]["scaleTargetRef"]["name"]
        for one in things(built)
        if one["kind"] in {"HorizontalPodAutoscaler", "ScaledObject"}
    }
    budgets = {one["metadata"]["name"] for one in things(built) if one["kind"] == "PodDisruptionBudget"}

    assert scaled <= deployments
    assert budgets <= deployments


def test_production_names_every_image_by_digest(kustomize: Callable[[str], str], tmp_path: Path) -> None:
    path = tmp_path / "production.yaml"
    path.write_text(kustomize("overlays/production"), encoding="utf-8")
    used = [c["image"] for _, pod in pods(path) for c in [*pod["containers"], *pod.get("initContainers", [])]]

    assert used
    assert all("@sha256:" in image for image in used)


def test_the_demonstration_asks_no_name_to_the_cluster(
    kustomize: Callable[[str], str], tmp_path: Path
) -> None:
    """Addresses come as variables of the services, so that it runs where no name is resolved."""
    path = tmp_path / "demo.yaml"
    path.write_text(kustomize("overlays/demo"), encoding="utf-8")
    services = {one["metadata"]["name"] for one in things(path) if one["kind"] == "Service"}
    for name, pod in pods(path):
        assert pod["enableServiceLinks"] is True, name
        for variable in [v for c in pod["containers"] for v in c.get("env", [])]:
            value = str(variable.get("value", ""))
            assert not any(f"//{service}:" in value for service in services), (name, variable)


def test_no_secret_is_written_in_a_manifest(built: Path) -> None:
    assert not [one["metadata"]["name"] for one in things(built) if one["kind"] == "Secret"]
