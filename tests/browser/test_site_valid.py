"""Pages by the Nu Html Checker (the package vnu-jar of npm), which CI installs where it can."""

from __future__ import annotations

from pathlib import Path

from tests.support.nu import needs_nu, nu_errors
from tests.support.sites import sample_site


@needs_nu
def test_pages_and_styles_have_no_error(tmp_path: Path) -> None:
    sample_site(tmp_path, search=False, giscus=True, weeks=12)
    for kind in ("html", "css"):
        assert nu_errors(sorted((tmp_path / "site").rglob(f"*.{kind}")), kind) == []
