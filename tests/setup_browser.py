"""Make sure that the tests have a browser, fonts for every script and wrk: from Debian, else a clear message."""

import os
import shutil
import subprocess
import sys


def missing() -> list[str]:
    """The Debian packages of what is not there."""
    browsers = ("chromium", "chromium-browser", "google-chrome")
    there = {
        "chromium": any(map(shutil.which, browsers)),
        "fonts-noto-core": _font_for("ar"),
        "fonts-noto-cjk": _font_for("zh"),
        "wrk": shutil.which("wrk") is not None,
    }
    return [package for package, found in there.items() if not found]


def _font_for(language: str) -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", f":lang={language}"], capture_output=True, check=False).stdout.strip())


def main() -> None:
    packages = missing()
    if packages and shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing " + ", ".join(packages) + " for the browser tests", flush=True)  # noqa: T201
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=False, **quiet)
        packages = missing()
    if (
        "chromium" in packages
        and not subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode
    ):
        packages.remove("chromium")
    if packages:
        print("Some tests will be skipped, or draw boxes. Install: apt-get install " + " ".join(packages))  # noqa: T201


if __name__ == "__main__":
    main()
