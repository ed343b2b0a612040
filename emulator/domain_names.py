"""What moto lacks of custom domain names: mutual TLS, changes in place, and what AWS refuses."""

import functools
import json

from moto.apigateway import exceptions, models, responses

SCALARS = {
    "certificateArn": "certificate_arn",
    "regionalCertificateArn": "regional_certificate_arn",
    "securityPolicy": "security_policy",
    "ownershipVerificationCertificateArn": "ownership_certificate",
}


def with_mutual_tls(create):
    @functools.wraps(create)
    def create_domain_name(self):
        answer = create(self)
        domain = self.backend.get_domain_name(self._get_param("domainName"))
        domain.mutual_tls = self._get_param("mutualTlsAuthentication")
        domain.ownership_certificate = self._get_param("ownershipVerificationCertificateArn")
        return answer[0], answer[1], json.dumps(domain.to_json())

    return create_domain_name


def update_domain_name(self):
    domain = self.backend.get_domain_name(self.path.split("/")[2])
    for operation in self._get_param("patchOperations"):
        field, *keys = operation["path"].lstrip("/").split("/")
        value = operation.get("value")
        if field in SCALARS:
            setattr(domain, SCALARS[field], None if operation["op"] == "remove" else value)
        elif field == "mutualTlsAuthentication":
            asked = dict(domain.mutual_tls or {})
            asked.update({keys[0]: value})
            domain.mutual_tls = asked if asked.get("truststoreUri") else None
        elif field == "endpointConfiguration":
            domain.endpoint_configuration = {"types": [value]}
        else:
            raise exceptions.ValidationException(f"{operation['path']} is not among what the emulator changes")
    return json.dumps(domain.to_json())


def with_what_moto_drops(to_json):
    @functools.wraps(to_json)
    def complete(self):
        domain = to_json(self)
        if getattr(self, "mutual_tls", None):
            domain["mutualTlsAuthentication"] = self.mutual_tls
        if getattr(self, "ownership_certificate", None):
            domain["ownershipVerificationCertificateArn"] = self.ownership_certificate
        return domain

    return complete


def get_base_path_mappings(self, domain_name):
    """moto fails for a name that never had one."""
    self.get_domain_name(domain_name)
    return list(self.base_path_mappings.get(domain_name, {}).values())


class MappedStage(exceptions.BadRequestException):
    def __init__(self, stage, domain):
        super().__init__(f"Please remove all base path mappings related to the stage: {stage} in your domain: {domain}")


def only_unmapped(delete):
    """A stage is refused as long as a base path leads to it."""

    @functools.wraps(delete)
    def delete_stage(self, function_id, stage_name):
        for domain, mappings in self.base_path_mappings.items():
            for mapping in mappings.values():
                if domain in self.domain_names and (mapping.rest_api_id, mapping.stage) == (function_id, stage_name):
                    raise MappedStage(stage_name, domain)
        return delete(self, function_id, stage_name)

    return delete_stage


def extend():
    answers, backend = responses.APIGatewayResponse, models.APIGatewayBackend
    answers.create_domain_name = with_mutual_tls(answers.create_domain_name)
    if not hasattr(answers, "update_domain_name"):
        answers.update_domain_name = update_domain_name
    models.DomainName.to_json = with_what_moto_drops(models.DomainName.to_json)
    backend.get_base_path_mappings = get_base_path_mappings
    backend.delete_stage = only_unmapped(backend.delete_stage)
