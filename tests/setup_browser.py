"""Make sure that the browser tests have a browser: Debian's Chromium, else Playwright's own, else a clear message."""

import os
import shutil
import subprocess
import sys

PACKAGES = ["chromium", "fonts-noto-core", "wrk"]


def main() -> None:
    if shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing " + ", ".join(PACKAGES) + " for the browser tests", flush=True)  # noqa: T201
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        if subprocess.run(["apt-get", "install", "-y", "-qq", *PACKAGES], check=False, **quiet).returncode == 0:
            return
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode != 0:
        print("No Chromium: the browser tests will be skipped. Install it: apt-get install " + " ".join(PACKAGES))  # noqa: T201


if __name__ == "__main__":
    main()
