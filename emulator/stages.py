"""What moto lacks of stages: canaries, client certificates, and changes of these in place."""

import functools
import json

from moto.apigateway import models, responses


def with_what_moto_drops(create):
    @functools.wraps(create)
    def create_stage(self):
        status, headers, _ = create(self)
        stage = self.backend.get_stage(self.path.split("/")[2], self._get_param("stageName"))
        stage.canary = self._get_param("canarySettings")
        return status, headers, json.dumps(stage.to_json())

    return create_stage


def with_canary(to_json):
    @functools.wraps(to_json)
    def complete(self):
        stage = to_json(self)
        if getattr(self, "canary", None):
            stage["canarySettings"] = self.canary
        return stage

    return complete


def patch_canary(canary, operation):
    """Changes {"percentTraffic": 10.0, …} as {"op": "replace", "path": "/canarySettings/percentTraffic", …} says."""
    _, *keys = operation["path"].lstrip("/").split("/")
    value = operation.get("value")
    if not keys:
        return None
    changed = dict(canary or {})
    if keys[0] == "percentTraffic":
        changed["percentTraffic"] = float(value)
    elif keys[0] == "useStageCache":
        changed["useStageCache"] = value == "true"
    elif keys[0] == "stageVariableOverrides":
        variables = dict(changed.get("stageVariableOverrides") or {})
        if len(keys) == 1:
            variables = {}
        elif operation["op"] == "remove":
            variables.pop(keys[1], None)
        else:
            variables[keys[1]] = value
        changed["stageVariableOverrides"] = variables
    else:
        changed[keys[0]] = value
    return changed


def with_canary_patches(apply):
    @functools.wraps(apply)
    def apply_operations(self, operations):
        others = []
        for operation in operations:
            if operation["path"].startswith("/canarySettings"):
                self.canary = patch_canary(getattr(self, "canary", None), operation)
            else:
                others.append(operation)
        return apply(self, others)

    return apply_operations


def with_defaults_of_aws(get_defaults):
    """moto encrypts what a method caches; AWS does so where it is asked to."""

    @functools.wraps(get_defaults)
    def defaults(self):
        return {**get_defaults(self), "cacheDataEncrypted": False}

    return defaults


def extend():
    responses.APIGatewayResponse.create_stage = with_what_moto_drops(responses.APIGatewayResponse.create_stage)
    models.Stage._get_default_method_settings = with_defaults_of_aws(models.Stage._get_default_method_settings)
    models.Stage.to_json = with_canary(models.Stage.to_json)
    models.Stage.apply_operations = with_canary_patches(models.Stage.apply_operations)
