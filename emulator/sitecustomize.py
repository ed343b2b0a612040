"""What the moto server lacks of API Gateway, so that Terraform can change a deployed catalog on it.

Python imports this module by itself when its folder is on PYTHONPATH. Without it, the AWS provider waits for minutes
on an operation that moto answers with an error: changing a method or an integration in place, and taking a stage with
method throttles out of a usage plan. And lists come in pages, as from AWS. `usage.py` adds what keys used.
"""

import functools
import json
import re

try:
    from moto.apigateway import models, responses
except ImportError:  # some other Python program that was started in the same environment
    models = responses = None


def snake_case(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def typed(old, value):
    """A patch carries every value as text; the value that it replaces tells the type."""
    if isinstance(old, bool):
        return value == "true"
    if isinstance(old, int) and value is not None:
        return int(value)
    return value


def patch(target, operations, renamed):
    """Applies operations such as {"op": "replace", "path": "/requestParameters/a", "value": "b"} to an object."""
    for operation in operations:
        field, *keys = [part.replace("~1", "/").replace("~0", "~") for part in operation["path"].lstrip("/").split("/")]
        name = renamed.get(field, snake_case(field))
        value = operation.get("value")
        removes = operation["op"] == "remove"
        if not keys:
            setattr(target, name, None if removes else typed(getattr(target, name), value))
            continue
        entries = dict(getattr(target, name) or {})
        if removes:
            entries.pop(keys[0], None)
        else:
            entries[keys[0]] = typed(True, value) if value in ("true", "false") else value
        setattr(target, name, entries)


def update_method(self):
    _, _, api, _, resource, _, method = self.path.split("/")[:7]
    target = self.backend.get_method(api, resource, method)
    patch(target, self._get_param("patchOperations"), {})
    return json.dumps(target.to_json())


def update_method_response(self):
    _, _, api, _, resource, _, method, _, status = self.path.split("/")[:9]
    target = self.backend.get_method_response(api, resource, method, status)
    patch(target, self._get_param("patchOperations"), {})
    return json.dumps(target.to_json())


def update_integration(self):
    _, _, api, _, resource, _, method = self.path.split("/")[:7]
    target = self.backend.get_method(api, resource, method).method_integration
    patch(target, self._get_param("patchOperations"), {"passthroughBehavior": "passthrough_behaviour"})
    return json.dumps(target.to_json())


def patch_usage_plan(self, operations):
    """Also knows throttles of single methods, and rates below 1."""
    for operation in operations:
        path, value, removes = operation["path"], operation.get("value"), operation["op"] == "remove"
        parts = path.lstrip("/").split("/", 3)
        if parts[0] == "apiStages" and len(parts) == 1:
            api, stage = value.split(":")
            self.api_stages = [each for each in self.api_stages if (each["apiId"], each["stage"]) != (api, stage)]
            if not removes:
                self.api_stages.append({"apiId": api, "stage": stage})
        elif parts[0] == "apiStages":
            api, stage = parts[1].split(":")
            covered = next(each for each in self.api_stages if (each["apiId"], each["stage"]) == (api, stage))
            if len(parts) == 3:
                covered.pop("throttle", None)
                continue
            method, limit = parts[3].replace("~1", "/"), None
            if not removes:
                method, limit = method.rsplit("/", 1)
            throttle = covered.setdefault("throttle", {})
            if removes:
                throttle.pop(method, None)
            else:
                throttle.setdefault(method, {})[limit] = float(value) if limit == "rateLimit" else int(value)
        elif parts[0] in ("throttle", "quota"):
            settings = getattr(self, parts[0])
            if removes:
                settings.clear()
            else:
                convert = {"rateLimit": float, "period": str}.get(parts[1], int)
                settings[parts[1]] = convert(value)
        else:
            setattr(self, snake_case(parts[0]), None if removes else value)


def delete_deployment(self, deployment_id):
    """Refused as long as a stage serves it, and not because of the stage that it was once made for."""
    if deployment_id not in self.deployments:
        raise models.DeploymentNotFoundException()
    canaries = [getattr(stage, "canary", None) or {} for stage in self.stages.values()]
    served = [stage.deployment_id for stage in self.stages.values()] + [each.get("deploymentId") for each in canaries]
    if deployment_id in served:
        raise models.StageStillActive()
    return self.deployments.pop(deployment_id)


# AWS gives up to 500 at once; fewer, so that a few hundred are several pages.
LARGEST_PAGE = 100
LISTS = (
    "get_api_keys",
    "get_usage_plans",
    "get_usage_plan_keys",
    "get_rest_apis",
    "get_resources",
    "get_deployments",
    "get_domain_names",
    "get_base_path_mappings",
)


def paged(list_all):
    """Gives a part of a list, and where the next begins."""

    @functools.wraps(list_all)
    def page(self):
        answer = json.loads(list_all(self))
        limit = min(int(self.querystring.get("limit", ["25"])[0]), LARGEST_PAGE)
        start = int(self.querystring.get("position", ["0"])[0])
        items = answer["item"]
        answer["item"] = items[start : start + limit]
        if start + limit < len(items):
            answer["position"] = str(start + limit)
        return json.dumps(answer)

    return page


def with_media_types(create):
    """moto drops the binary media types of a new API."""

    @functools.wraps(create)
    def create_rest_api(self):
        answer = create(self)
        status, headers, body = answer if isinstance(answer, tuple) else (400, {}, answer)
        if status != 200:
            return answer
        api = self.backend.get_rest_api(json.loads(body)["id"])
        api.binaryMediaTypes = self._get_param("binaryMediaTypes") or api.binaryMediaTypes
        return status, headers, json.dumps(api.to_dict())

    return create_rest_api


def with_connection(put):
    """moto drops the VPC link of an integration and what tells its cached answers apart, and has no defaults."""

    @functools.wraps(put)
    def put_integration(self):
        answer = put(self)
        _, _, api, _, resource, _, method = self.path.split("/")[:7]
        integration = self.backend.get_method(api, resource, method).method_integration
        integration.connection_id = self._get_param("connectionId")
        integration.cache_key_parameters = self._get_param("cacheKeyParameters") or []
        integration.cache_namespace = integration.cache_namespace or resource
        integration.timeout_in_millis = integration.timeout_in_millis or 29_000
        integration.passthrough_behaviour = integration.passthrough_behaviour or "WHEN_NO_MATCH"
        status, headers, _ = answer
        return status, headers, json.dumps(integration.to_json())

    return put_integration


def with_connection_id(to_json):
    @functools.wraps(to_json)
    def connected(self):
        return {**to_json(self), "connectionId": getattr(self, "connection_id", None)}

    return connected


def without_empty_templates(to_json, name):
    """AWS gives null for an empty template."""

    @functools.wraps(to_json)
    def complete(self):
        shown = to_json(self)
        if shown.get(name):
            shown[name] = {media_type: template or None for media_type, template in shown[name].items()}
        return shown

    return complete


def with_media_type_patches(apply):
    """AWS names the type in the path, and has no value: {"op": "add", "path": "/binaryMediaTypes/image~1png"}."""

    @functools.wraps(apply)
    def apply_patch_operations(self, operations):
        others = []
        for operation in operations:
            field, *types = [part.replace("~1", "/") for part in operation["path"].lstrip("/").split("/")]
            if field == "minimumCompressionSize":
                self.minimum_compression_size = int(operation["value"]) if operation.get("value") else None
            elif field != "binaryMediaTypes":
                others.append(operation)
            elif operation["op"] == "add":
                self.binaryMediaTypes.append(types[0])
            else:
                self.binaryMediaTypes.remove(types[0])
        apply(self, others)

    return apply_patch_operations


def with_escaped_policy(to_dict):
    """AWS gives a resource policy as a part of a JSON string, with its quotes escaped; so the provider reads it."""

    @functools.wraps(to_dict)
    def escaped(self):
        api = to_dict(self)
        if api.get("policy"):
            api["policy"] = json.dumps(api["policy"])[1:-1]
        return api

    return escaped


def with_expression(create):
    """moto misspells the expression that it passes on, and loses it."""

    @functools.wraps(create)
    def init(self, *args, **kwargs):
        expression = kwargs.pop("identiy_validation_expression", None)
        create(self, *args, **{"identity_validation_expression": expression, **kwargs})

    return init


if responses is not None:
    models.Authorizer.__init__ = with_expression(models.Authorizer.__init__)
    for operation in (update_method, update_method_response, update_integration):
        if not hasattr(responses.APIGatewayResponse, operation.__name__):
            setattr(responses.APIGatewayResponse, operation.__name__, operation)
    for name in LISTS:
        setattr(responses.APIGatewayResponse, name, paged(getattr(responses.APIGatewayResponse, name)))
    models.RestAPI.delete_deployment = delete_deployment
    models.UsagePlan.apply_patch_operations = patch_usage_plan
    create_rest_api = with_media_types(responses.APIGatewayResponse.create_rest_api)
    responses.APIGatewayResponse.create_rest_api = create_rest_api
    responses.APIGatewayResponse.put_integration = with_connection(responses.APIGatewayResponse.put_integration)
    models.Integration.to_json = with_connection_id(
        without_empty_templates(models.Integration.to_json, "requestTemplates")
    )
    models.IntegrationResponse.to_json = without_empty_templates(
        models.IntegrationResponse.to_json, "responseTemplates"
    )
    models.RestAPI.apply_patch_operations = with_media_type_patches(models.RestAPI.apply_patch_operations)
    models.RestAPI.to_dict = with_escaped_policy(models.RestAPI.to_dict)

    import domain_names
    import plan_keys
    import rest_models
    import speed
    import stages
    import usage

    domain_names.extend()
    plan_keys.extend()
    rest_models.extend()
    speed.extend()
    stages.extend()
    usage.extend()
