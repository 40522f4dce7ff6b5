"""Checks that a document is OpenAPI 3.1 and that its examples are what its schemas say.

Usage: python validate.py openapi.json
"""

import json
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
validate(document, cls=OpenAPIV31SpecValidator)


def check(schema, value, where):
    # Schemas refer to each other by "#/components/...".
    validator = Draft202012Validator({**schema, "components": document["components"]})
    for error in validator.iter_errors(value):
        sys.exit(f"{where}: {error.message}")


def examples(node, where):
    if isinstance(node, list):
        return sum(examples(item, f"{where}/{i}") for i, item in enumerate(node))
    if not isinstance(node, dict):
        return 0
    found = []
    if "schema" in node:
        found = [example["value"] for example in node.get("examples", {}).values()]
        found += [node["example"]] if "example" in node else []
        for value in found:
            check(node["schema"], value, where)
    return len(found) + sum(examples(item, f"{where}/{key}") for key, item in node.items())


print(f"valid, with {examples(document, '#')} examples that are what their schemas say")
