"""Write the list of parts as a CycloneDX 1.6 document, the same bytes for the same package."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from bundle.parts import OURS
from bundle.staging import commit, epoch, version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from bundle.parts import Part

_SPACE: Final = UUID("6f1f2a8e-6d4b-5a0e-9c39-3f4b1c0d7e21")
"""Where the serial numbers of our documents are made."""


def sbom(parts: Iterable[Part], needs: Iterable[str], platform: str) -> str:
    """Give the document as JSON; `needs` are the distributions that the program itself imports."""
    parts = tuple(parts)
    known = {part.name: _component(part, f"{part.name}@{part.version}") for part in parts}
    itself = _program(platform)
    bom = Bom(components=known.values(), serial_number=UUID(int=0), metadata=_metadata(itself))
    direct = {*needs, *(part.name for part in parts if not part.purl.startswith("pkg:pypi/"))}
    bom.register_dependency(itself, [known[name] for name in sorted(direct) if name in known])
    for part in parts:
        bom.register_dependency(known[part.name], [known[name] for name in part.needs if name in known])
    content = JsonV1Dot6(bom).output_as_string()
    bom.serial_number = uuid5(_SPACE, content)
    return str(JsonV1Dot6(bom).output_as_string(indent=1)) + "\n"


def _metadata(itself: Any) -> Any:
    """Say what the document is about and when the package was made."""
    return BomMetaData(component=itself, timestamp=datetime.fromtimestamp(epoch(), UTC))


def _program(platform: str) -> Any:
    """Describe the program itself."""
    told = {"commit": commit(), "platform": platform}
    return Component(
        name=OURS,
        version=version(),
        type=ComponentType.APPLICATION,
        bom_ref=f"{OURS}@{version()}",
        licenses=[LicenseExpression("Apache-2.0")],
        properties=[Property(name=f"fieldquill:{name}", value=value) for name, value in told.items()],
    )


def _component(part: Part, reference: str) -> Any:
    """Describe a part with what is inside it."""
    return Component(
        name=part.name,
        version=part.version or None,
        type=ComponentType.LIBRARY,
        bom_ref=reference,
        licenses=[LicenseExpression(part.licence)],
        purl=PackageURL.from_string(part.purl),
        description=part.note or None,
        components=[_component(each, f"{reference}/{each.name}@{each.version}") for each in part.inside],
        **_origin(part),
    )


def _origin(part: Part) -> dict[str, Any]:
    """Say which pinned file a distribution comes from."""
    if part.wheel is None:
        return {}
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=part.wheel.sha256)]
    kind = ExternalReferenceType.DISTRIBUTION
    found = [ExternalReference(type=kind, url=XsUri(part.wheel.url), hashes=hashes)]
    return {"hashes": hashes, "external_references": found}
