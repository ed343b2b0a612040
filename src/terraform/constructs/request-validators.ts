import { ApiGatewayRequestValidator } from "@cdktf/provider-aws/lib/api-gateway-request-validator";
import { Construct } from "constructs";
import { encodeRequestValidator, REQUEST_VALIDATOR } from "../../contract/request-validator";
import type { RequestRules } from "../../vocabulary/request";
import { config } from "./config";
import { idOf, named } from "./named";

export interface RequestValidatorsProps {
  readonly restApiId: string;
}

/** Which parts of requests an API checks: one validator for each combination that its routes use, made when first asked for. */
export class RequestValidators extends Construct {
  private readonly made = new Map<string, ApiGatewayRequestValidator>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RequestValidatorsProps,
  ) {
    super(scope, id);
  }

  /** The validator for the rules of a route; `undefined` where they check nothing. */
  for(rules: RequestRules): ApiGatewayRequestValidator | undefined {
    const written = encodeRequestValidator(rules);
    if (!written) return undefined;
    const { name } = written;
    const known = this.made.get(name);
    if (known) return known;
    const validator = named(ApiGatewayRequestValidator, this, idOf("validator", name), {
      restApiId: this.props.restApiId,
      ...config(REQUEST_VALIDATOR, written),
      // A method that checks nothing any more lets go of its validator before that is deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    this.made.set(name, validator);
    return validator;
  }
}
