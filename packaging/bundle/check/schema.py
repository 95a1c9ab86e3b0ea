"""Validate an SBOM against CycloneDX's own schema, without a network: python schema.py SBOM SITE-PACKAGES.

It runs in the environment of contributors, which has the validator; SITE-PACKAGES has cyclonedx, with the schema in it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from jsonschema.validators import Draft7Validator
from referencing import Registry, Resource


def faults(sbom: Any, schemas: Path) -> list[str]:
    """List what in a document is against the schema, each with its place."""
    others = [_schema(schemas, name) for name in ("spdx", "jsf-0.82", "cryptography-defs")]
    registry: Registry[Any] = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in others)
    validator = Draft7Validator(_schema(schemas, "bom-1.6"), registry=registry)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(sbom)]


def main() -> int:
    """Print what is wrong; gives the exit code."""
    sbom, site = Path(sys.argv[1]), Path(sys.argv[2])
    found = faults(json.loads(sbom.read_text("utf-8")), site / "cyclonedx" / "schema" / "_res")
    print("\n".join(found))
    return 1 if found else 0


def _schema(folder: Path, name: str) -> dict[str, Any]:
    """Read one of the schemas that the library carries."""
    content: dict[str, Any] = json.loads((folder / f"{name}.SNAPSHOT.schema.json").read_text("utf-8"))
    return content


if __name__ == "__main__":
    sys.exit(main())
