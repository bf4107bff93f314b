"""The Nu Html Checker (the package vnu-jar of npm), which CI installs where it can."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.java import JAVA

_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
JAR = _CACHE / "weekly-roundup" / "vnu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

needs_nu = pytest.mark.skipif(
    not JAR.exists() or shutil.which("java") is None, reason="vnu-jar or java is not installed"
)


def nu_errors(files: Iterable[Path], kind: str = "html") -> list[tuple[str, str]]:
    """File name and message of each error in files of a kind, html or css; warnings are none."""
    command = [*JAVA, "-jar", str(JAR), f"--{kind}", "--format", "json", "--exit-zero-always", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    told = json.loads(done.stderr)["messages"]
    return [(Path(one["url"]).name, one["message"]) for one in told if one["type"] == "error"]
