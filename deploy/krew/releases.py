"""Makes an archive of plegma with its dependencies, and the krew manifest for it.

    python deploy/krew/releases.py --out dist --uri https://example.com/plegma-linux-amd64.tar.gz

The archive holds a launcher, `kubectl-plegma`, that runs the machine's own Python (3.11 or later) with the packages beside
it; packages with compiled parts make it specific to this platform and this version of Python.
See https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest/.
"""

import argparse
import hashlib
import io
import platform
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
_LAUNCHER = """\
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
PYTHONPATH="$here/packages" exec {python} -c 'import sys; sys.argv[0] = "kubectl-plegma"; from plegma.cli.main import entry; entry()' "$@"
"""
_MACHINES = {"x86_64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


def main() -> int:
    """Writes the archive and the manifest into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("dist"), metavar="DIR")
    parser.add_argument("--uri", required=True, help="where the archive will be published")
    parser.add_argument("--homepage", default="", help="of the plugin; the krew index wants one")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        install = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", folder, f"{ROOT}[live]"]
        subprocess.run(install, check=True)
        archive = pack(Path(folder), arguments.out)
    (arguments.out / "plegma.yaml").write_text(manifest(archive, arguments.uri, arguments.homepage), encoding="utf-8")
    print(f"{archive}\n{arguments.out / 'plegma.yaml'}")
    return 0


def pack(packages: Path, out: Path) -> Path:
    """An archive of the launcher, the licence and the packages; the same packages give the same bytes."""
    archive = out / f"plegma-{sys.platform}-{_machine()}.tar.gz"
    launcher = _LAUNCHER.format(python=f"python{sys.version_info.major}.{sys.version_info.minor}").encode()
    with tarfile.open(archive, "w:gz", compresslevel=9) as made:
        _add(made, "kubectl-plegma", launcher, 0o755)
        _add(made, "LICENSE", (ROOT / "LICENSE").read_bytes())
        for file in sorted(path for path in packages.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
            _add(made, f"packages/{file.relative_to(packages)}", file.read_bytes())
    return archive


def _add(archive: tarfile.TarFile, name: str, data: bytes, mode: int = 0o644) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), mode
    archive.addfile(member, io.BytesIO(data))


def manifest(archive: Path, uri: str, homepage: str = "") -> str:
    """The plugin's manifest for this archive."""
    from plegma import __version__

    here = {"os": sys.platform, "arch": _machine()}
    text: str = yaml.safe_dump(
        {
            "apiVersion": "krew.googlecontainertools.github.com/v1alpha2",
            "kind": "Plugin",
            "metadata": {"name": "plegma"},
            "spec": {
                "version": f"v{__version__}",
                **({"homepage": homepage} if homepage else {}),
                "shortDescription": "Root-cause diagnosis for pods and nodes",
                "description": "Says why a pod or node is sick: root cause, causal chain, the lines that prove it,\n"
                "what it could not see, and the remedy. Reads a live cluster, or files.\n",
                "caveats": f"Needs python{sys.version_info.major}.{sys.version_info.minor} on the PATH.\n",
                "platforms": [
                    {
                        "selector": {"matchLabels": here},
                        "uri": uri,
                        "sha256": hashlib.sha256(archive.read_bytes()).hexdigest(),
                        "bin": "kubectl-plegma",
                    }
                ],
            },
        },
        sort_keys=False,
    )
    return text


def _machine() -> str:
    return _MACHINES.get(platform.machine(), platform.machine())


if __name__ == "__main__":
    sys.exit(main())
