"""The scripts with which a checkout is used: in any folder, under any locale."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"

# Stands for uv: an environment without packages, and the checkout linked into it as an editable install does it.
UV = f"""#!/bin/sh
for last; do :; done
case "$1 $*" in
venv*) "{sys.executable}" -m venv --without-pip "$last" ;;
*" -e "*) for site in "$last"/.venv/lib/python*/site-packages; do
    printf '%s' "$last" > "$site/_editable_impl_weekly_roundup.pth"; done ;;
esac
"""


@pytest.mark.parametrize("name", ["checkout", "Blätter zum Wochenende"])
def test_an_environment_starts_in_any_folder_under_the_c_locale(tmp_path: Path, name: str) -> None:
    top = tmp_path / name
    (top / "scripts").mkdir(parents=True)
    shutil.copy(SCRIPTS / "_env.sh", top / "scripts")
    for file in ("pyproject.toml", "requirements.lock"):
        (top / file).touch()
    (top / "crawler.py").write_text("print('found')\n")
    (top / "scripts" / "start").write_text(
        '#!/bin/sh\n. "$(dirname -- "$0")/_env.sh"\nprepare "$top/.venv" "$top/requirements.lock"\n'
        'cd /\nexec "$top/.venv/bin/python" -c "import crawler"\n'
    )
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "uv").write_text(UV)
    (tools / "uv").chmod(0o755)
    environ = {"PATH": f"{tools}:{os.environ['PATH']}", "PYTHON": sys.executable, "LC_ALL": "C"}
    for _ in range(2):  # made, and found made
        done = subprocess.run(["sh", top / "scripts" / "start"], env=environ, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (0, b"found\n"), done.stderr.decode(errors="replace")
