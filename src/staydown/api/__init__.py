"""The platform's door: HTTP API version 1, described by itself at /v1/openapi.json."""
