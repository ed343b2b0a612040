"""What moto lacks of keys in usage plans: AWS refuses a key twice in a plan, and in two plans of one API stage."""

import functools

from moto.apigateway import exceptions, models


def stages_of(plan):
    return {(each["apiId"], each["stage"]) for each in plan.api_stages or []}


def with_conflicts(create):
    @functools.wraps(create)
    def create_usage_plan_key(self, usage_plan_id, payload):
        key = payload["keyId"]
        plan = self.get_usage_plan(usage_plan_id)
        if key in self.usage_plan_keys.get(usage_plan_id, {}):
            raise exceptions.ConflictException(f"Usage Plan {usage_plan_id} already has the API Key {key}")
        for other in self.usage_plans.values():
            if key in self.usage_plan_keys.get(other.id, {}) and stages_of(other) & stages_of(plan):
                raise exceptions.ConflictException(
                    f"{key} cannot reference multiple Usage Plans with the same API Stage"
                )
        return create(self, usage_plan_id, payload)

    return create_usage_plan_key


def delete_usage_plan_key(self, usage_plan_id, key_id):
    if self.usage_plan_keys.get(usage_plan_id, {}).pop(key_id, None) is None:
        raise exceptions.NotFoundException("Invalid API Key identifier specified")


def with_its_plans(delete):
    """A key that is deleted is in no plan any more."""

    @functools.wraps(delete)
    def delete_api_key(self, api_key_id):
        delete(self, api_key_id)
        for keys in self.usage_plan_keys.values():
            keys.pop(api_key_id, None)

    return delete_api_key


def extend():
    backend = models.APIGatewayBackend
    backend.create_usage_plan_key = with_conflicts(backend.create_usage_plan_key)
    backend.delete_usage_plan_key = delete_usage_plan_key
    backend.delete_api_key = with_its_plans(backend.delete_api_key)
