"""Writes the list of what is inside a package, in SPDX 2.3."""

import dataclasses
import datetime
import hashlib
import json
import os
import re


@dataclasses.dataclass
class Part:
    """Somebody else's work that is in the package."""

    name: str
    version: str
    license: str
    homepage: str | None = None
    comment: str = ""
    from_debian: bool = False


def identifier(text):
    """A name in the form that SPDX wants."""
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", text)


def describe(part):
    """A part as an SPDX package."""
    entry = {"SPDXID": identifier(part.name), "name": part.name, "versionInfo": part.version,
             "licenseConcluded": part.license, "licenseDeclared": part.license,
             "copyrightText": f"see the texts in licenses/ ({part.name})", "downloadLocation": "NOASSERTION",
             "filesAnalyzed": False}
    if part.comment:
        entry["comment"] = part.comment
    if part.homepage:
        entry["homepage"] = part.homepage
    if part.from_debian:
        entry["supplier"] = "Organization: Debian"
        entry["externalRefs"] = [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                                  "referenceLocator": f"pkg:deb/debian/{part.name}@{part.version}?arch=source"}]
    return entry


def write(path, name, version, parts):
    """Writes the list of a package of this name; its date is that of SOURCE_DATE_EPOCH."""
    created = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    program = describe(Part("countermand", version, "MIT")) | {
        "copyrightText": "Copyright (c) 2026 The Countermand developers", "primaryPackagePurpose": "APPLICATION"}
    packages = [program] + [describe(part) for part in sorted(parts, key=lambda part: part.name)]
    digest = hashlib.sha256(json.dumps([name, packages], sort_keys=True).encode()).hexdigest()
    document = {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": name,
        "documentNamespace": f"urn:sha256:{digest}",
        "creationInfo": {"created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
                         "creators": ["Organization: The Countermand developers", "Tool: countermand-packaging"]},
        "packages": packages,
        "hasExtractedLicensingInfos": [{
            "licenseId": "LicenseRef-public-domain", "extractedText": "In the public domain; see the text in licenses/."}],
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES",
             "relatedSpdxElement": program["SPDXID"]}] + [
            {"spdxElementId": program["SPDXID"], "relationshipType": "CONTAINS",
             "relatedSpdxElement": entry["SPDXID"]} for entry in packages[1:]],
    }
    with open(path, "w", encoding="utf-8") as out:
        json.dump(document, out, indent=1)
        out.write("\n")
