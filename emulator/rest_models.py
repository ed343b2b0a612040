"""What moto lacks of the models of an API: changes in place, and what AWS refuses of models that others need."""

import functools
import json
import re

from moto.apigateway import exceptions, models, responses

REFERENCE = re.compile(r"https://apigateway\.amazonaws\.com/restapis/([^/]+)/models/([A-Za-z0-9]+)")


def references(schema):
    """Texts that stand for a reference, wherever they stand in JSON."""
    written = json.loads(schema or "{}")
    found, open_ones = set(), [written]
    while open_ones:
        value = open_ones.pop()
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                found.add(value["$ref"])
            open_ones.extend(value.values())
        elif isinstance(value, list):
            open_ones.extend(value)
    return found


def refuse_unknown_references(api, schema):
    for reference in references(schema):
        match = REFERENCE.fullmatch(reference)
        known = match and match[1] == api.id and match[2] in api.models
        if not known and not reference.startswith("#"):
            raise exceptions.BadRequestException(
                "Invalid model specified: Validation Result: warnings : [], "
                "errors : [Model reference must be in canonical form]"
            )


def with_references(add_model):
    @functools.wraps(add_model)
    def add(self, name, description, schema, content_type):
        if name in self.models:
            raise exceptions.ConflictException("Model name already exists for this REST API")
        refuse_unknown_references(self, schema)
        return add_model(self, name=name, description=description, schema=schema, content_type=content_type)

    return add


def without_models_in_use(delete_model):
    """AWS was recorded to refuse a model that a method names; that it refuses one that another model names is assumed."""

    @functools.wraps(delete_model)
    def delete(self, rest_api_id, model_name):
        api = self.get_rest_api(rest_api_id)
        for resource in api.resources.values():
            for verb, method in resource.resource_methods.items():
                if model_name in (method.request_models or {}).values():
                    raise exceptions.ConflictException(
                        f"Cannot delete model '{model_name}', is referenced in method request: {resource.get_path()}/{verb}"
                    )
        for name, model in api.models.items():
            if any(each.endswith(f"/models/{model_name}") for each in references(model.schema)):
                raise exceptions.ConflictException(
                    f"Cannot delete model '{model_name}', is referenced in model: {name}"
                )
        return delete_model(self, rest_api_id, model_name)

    return delete


def update_model(self):
    _, _, api_id, _, name = self.path.split("/")[:5]
    model = self.backend.get_model(api_id, name)
    for operation in self._get_param("patchOperations"):
        field = operation["path"].lstrip("/")
        if field == "schema":
            refuse_unknown_references(self.backend.get_rest_api(api_id), operation["value"])
        setattr(model, field, operation.get("value"))
    return json.dumps(model.to_json())


def extend():
    models.RestAPI.add_model = with_references(models.RestAPI.add_model)
    models.APIGatewayBackend.delete_model = without_models_in_use(models.APIGatewayBackend.delete_model)
    if not hasattr(responses.APIGatewayResponse, "update_model"):
        responses.APIGatewayResponse.update_model = update_model
