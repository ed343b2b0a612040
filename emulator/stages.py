"""What moto lacks of stages: canaries, client certificates, changes of these in place, and a second deployment."""

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


def to_a_canary(create):
    """A deployment with the settings of a canary goes to that, and the stage goes on to serve what it serves."""

    @functools.wraps(create)
    def create_deployment(self):
        api, name = self.backend.get_rest_api(self.path.split("/")[2]), self._get_param("stageName")
        served = api.stages[name].deployment_id if name in api.stages else None
        status, headers, body = create(self)
        settings = self._get_param("canarySettings")
        if settings and served:
            api.stages[name].deployment_id = served
            api.stages[name].canary = {**settings, "deploymentId": json.loads(body)["id"]}
        return status, headers, body

    return create_deployment


def to_the_same_stage(create):
    """moto makes a new stage for each deployment; AWS's stage keeps what it has."""

    @functools.wraps(create)
    def create_deployment(self, name, description, stage_variables=None):
        stage = self.stages.get(name)
        deployment = create(self, name, description, stage_variables)
        if stage:
            stage.deployment_id = deployment.id
            stage.variables = {**stage.variables, **(stage_variables or {})}
            self.stages[name] = stage
        return deployment

    return create_deployment


def with_what_moto_does_not_show(to_json):
    @functools.wraps(to_json)
    def complete(self):
        stage = to_json(self)
        if getattr(self, "canary", None):
            stage["canarySettings"] = self.canary
        if getattr(self, "client_certificate", None):
            stage["clientCertificateId"] = self.client_certificate
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


def with_more_patches(apply):
    @functools.wraps(apply)
    def apply_operations(self, operations):
        others = []
        for operation in operations:
            if operation["path"].startswith("/canarySettings"):
                self.canary = patch_canary(getattr(self, "canary", None), operation)
            elif operation["path"] == "/clientCertificateId":
                self.client_certificate = operation.get("value")
            else:
                others.append(operation)
        return apply(self, others)

    return apply_operations


def with_defaults_of_aws(get_defaults):
    """moto encrypts what a method caches; AWS does so where it is asked to. And it says nothing of logs."""

    @functools.wraps(get_defaults)
    def defaults(self):
        return {**get_defaults(self), "cacheDataEncrypted": False, "loggingLevel": "OFF"}

    return defaults


def extend():
    answers = responses.APIGatewayResponse
    answers.create_stage = with_what_moto_drops(answers.create_stage)
    answers.create_deployment = to_a_canary(answers.create_deployment)
    models.RestAPI.create_deployment = to_the_same_stage(models.RestAPI.create_deployment)
    models.Stage._get_default_method_settings = with_defaults_of_aws(models.Stage._get_default_method_settings)
    models.Stage.to_json = with_what_moto_does_not_show(models.Stage.to_json)
    models.Stage.apply_operations = with_more_patches(models.Stage.apply_operations)
