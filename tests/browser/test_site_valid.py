"""Pages by the Nu Html Checker (the package vnu-jar of npm), which CI installs where it can."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.sites import sample_site

_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
JAR = _CACHE / "weekly-roundup" / "vnu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.skipif(not JAR.exists() or shutil.which("java") is None, reason="vnu-jar or java is not installed")
def test_pages_and_styles_have_no_error(tmp_path: Path) -> None:
    sample_site(tmp_path, search=False, giscus=True, weeks=12)
    found = []
    for kind, ending in (("--html", "html"), ("--css", "css")):
        files = sorted(map(str, (tmp_path / "site").rglob(f"*.{ending}")))
        command = ["java", "-jar", str(JAR), kind, "--format", "json", "--exit-zero-always", *files]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
        found += [
            (Path(one["url"]).name, one["message"])
            for one in json.loads(done.stderr)["messages"]
            if one["type"] == "error"
        ]
    assert found == []
