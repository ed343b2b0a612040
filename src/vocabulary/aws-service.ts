import { z } from "zod";
import { type PolicyStatement, policyStatement } from "./handler";
import { HTTP_METHODS, type HttpMethod } from "./http-method";
import type { IntegrationSettingsInput } from "./integration-settings";
import { fieldsOf, inForms, isKnownLater, wrong } from "./schema";

const DYNAMODB_ACTIONS = ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"] as const;
const S3_ACTIONS = ["GetObject", "PutObject", "DeleteObject"] as const;

/**
 * An AWS service that answers a route without a function between; exactly one. API Gateway calls it with a role of the
 * API's own that has just the rights that its routes need.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-aws-proxy.html
 */
export type AwsServiceInput =
  | {
      /** Sends the request's body to a queue, as a message. */
      readonly sqs: {
        /** ARN of the queue. */
        readonly queueArn: string;
        /**
         * Group of the message in a FIFO queue: a fixed text, or a variable such as `"$context.identity.apiKeyId"`.
         * @default - none, which a FIFO queue refuses
         */
        readonly messageGroupId?: string;
      };
    }
  | {
      /** Starts an execution of a state machine, with the request's JSON body as its input. */
      readonly stepFunctions: {
        /** ARN of the state machine. */
        readonly stateMachineArn: string;
        /**
         * Whether the caller waits for the result, which express workflows alone can give. Its `status` says whether it succeeded.
         * @default false
         */
        readonly sync?: boolean;
      };
    }
  | {
      /** Puts an event with the request's JSON body as its detail; answers 500 where EventBridge does not take it. */
      readonly eventBridge: {
        /** ARN of the event bus. */
        readonly eventBusArn: string;
        /** The event's source, such as `"com.example.pets"`. */
        readonly source: string;
        /** The event's type. */
        readonly detailType: string;
      };
    }
  | {
      /** Calls an action on a table; the request comes from `integration.requestTemplates`. */
      readonly dynamodb: {
        /** ARN of the table. */
        readonly tableArn: string;
        /** The action that is called. */
        readonly action: (typeof DYNAMODB_ACTIONS)[number];
      };
    }
  | {
      /** Reads or writes an object. */
      readonly s3: {
        /** Name of the bucket. */
        readonly bucket: string;
        /** The bucket's Region. */
        readonly region: string;
        /** Key of the object, in which path parameters of the route can stand: `"pets/{id}.json"`. */
        readonly key: string;
        /** What is done with the object. */
        readonly action: (typeof S3_ACTIONS)[number];
      };
    }
  | {
      /** Any other service, by the name by which API Gateway knows it, such as `"sns"`. */
      readonly service: string;
      /** The service's Region. */
      readonly region: string;
      /**
       * The action that is called: this or `path`.
       * @default - none
       */
      readonly action?: string;
      /**
       * The path that is called: this or `action`.
       * @default - none
       */
      readonly path?: string;
      /**
       * Method by which it is called.
       * @default "POST"
       */
      readonly httpMethod?: HttpMethod;
      /**
       * What the API's role may do for this route; this or `integration.credentials`.
       * @default - nothing
       */
      readonly statements?: readonly PolicyStatement[];
    };

/** An AWS service that answers a route, checked. */
export interface AwsService {
  readonly service: string;
  readonly region: string;
  readonly partition: string;
  readonly action: string | undefined;
  readonly path: string | undefined;
  readonly httpMethod: HttpMethod;
  /** What API Gateway must be allowed to do. */
  readonly statements: readonly PolicyStatement[];
}

/** A service with what its form says of how it is called. */
export interface ServiceCall {
  readonly service: AwsService;
  readonly settings: IntegrationSettingsInput;
}

const arnOf = (service: string, rest: string, what: string, written: string) => {
  const error = wrong(`must be the ARN of ${what}`, `write it as arn:aws:${service}:<region>:<account>:${written}`);
  const pattern = new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:${rest}$`);
  return z.string({ error }).refine((arn) => isKnownLater(arn) || pattern.test(arn), { error });
};
/** Stands in a template, in which Terraform must evaluate nothing but cdktf's own marks. */
const inTemplate = (schema: z.ZodType<string>) =>
  schema.refine((text) => !text.replaceAll("${TfToken[", "").includes("${"), {
    error: wrong(
      "must be written out, or be a reference that cdktf makes",
      "give the construct's attribute, such as stateMachine.arn",
    ),
  });
const region = z.string({ error: wrong("must be a Region") }).regex(/^[a-z]{2}(-[a-z]+)+-\d$/, {
  error: wrong("must be a Region", 'write "eu-central-1"'),
});
const noTerraform = { error: wrong('must not hold "%{", which Terraform would evaluate') };
const pathText = z.string({ error: wrong("must be a path") }).refine((text) => !text.includes("%{"), noTerraform);
const plainText = z.string({ error: wrong("must be a string") }).regex(/^[\w .:/@-]{1,256}$/, {
  error: wrong("must be 1 to 256 letters, digits, spaces and _ . : / @ -"),
});

const serviceFields = {
  sqs: fieldsOf<Extract<AwsServiceInput, { sqs: object }>["sqs"]>()({
    queueArn: arnOf("sqs", "[A-Za-z0-9_-]{1,80}(\\.fifo)?", "a queue", "<name>"),
    messageGroupId: z
      .string({ error: wrong("must be a string") })
      .regex(/^(\$[A-Za-z][\w.]*|[\w.:-]{1,128})$/, {
        error: wrong("must be a fixed text or a variable", 'write "orders" or "$context.identity.apiKeyId"'),
      })
      .optional(),
  })
    .superRefine(({ queueArn, messageGroupId }, context) => {
      const fifo = queueArn.endsWith(".fifo");
      const message =
        fifo && messageGroupId === undefined
          ? "must be given for a FIFO queue, which refuses messages without one"
          : !fifo && !isKnownLater(queueArn) && messageGroupId !== undefined
            ? "must not be given for a queue that is not FIFO; leave it out"
            : undefined;
      if (message) context.addIssue({ code: "custom", message, path: ["messageGroupId"], input: messageGroupId });
    })
    .optional(),
  stepFunctions: fieldsOf<Extract<AwsServiceInput, { stepFunctions: object }>["stepFunctions"]>()({
    stateMachineArn: inTemplate(
      arnOf("states", "stateMachine:[\\w.:-]{1,160}", "a state machine", "stateMachine:<name>"),
    ),
    sync: z.boolean({ error: wrong("must be true or false") }).optional(),
  }).optional(),
  eventBridge: fieldsOf<Extract<AwsServiceInput, { eventBridge: object }>["eventBridge"]>()({
    eventBusArn: inTemplate(arnOf("events", "event-bus/[\\w./-]{1,256}", "an event bus", "event-bus/<name>")),
    source: plainText,
    detailType: plainText,
  }).optional(),
  dynamodb: fieldsOf<Extract<AwsServiceInput, { dynamodb: object }>["dynamodb"]>()({
    tableArn: arnOf("dynamodb", "table/[\\w.-]{3,255}", "a table", "table/<name>"),
    action: z.enum(DYNAMODB_ACTIONS, { error: wrong(`must be one of ${DYNAMODB_ACTIONS.join(", ")}`) }),
  }).optional(),
  s3: fieldsOf<Extract<AwsServiceInput, { s3: object }>["s3"]>()({
    bucket: z
      .string({ error: wrong("must be the name of a bucket") })
      .refine((name) => isKnownLater(name) || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name), {
        error: wrong("must be the name of a bucket"),
      }),
    region,
    key: pathText.refine((key) => key !== "" && !key.startsWith("/"), {
      error: wrong("must be a key without a leading slash"),
    }),
    action: z.enum(S3_ACTIONS, { error: wrong(`must be one of ${S3_ACTIONS.join(", ")}`) }),
  }).optional(),
  service: z
    .string({ error: wrong("must be the name of a service") })
    .regex(/^[a-z0-9][a-z0-9.-]*$/, { error: wrong("must be the name of a service", 'write "sns"') })
    .optional(),
  region: region.optional(),
  action: z
    .string({ error: wrong("must be the name of an action") })
    .regex(/^[A-Za-z][\w.]*$/, { error: wrong("must be the name of an action", 'write "Publish"') })
    .optional(),
  path: pathText.optional(),
  httpMethod: z.enum(HTTP_METHODS, { error: wrong(`must be one of ${HTTP_METHODS.join(", ")}`) }).optional(),
  statements: z
    .array(policyStatement, {
      error: wrong('must be a list such as [{ actions: ["sns:Publish"], resources: [topic.arn] }]'),
    })
    .optional(),
};
const FORMS = ["sqs", "stepFunctions", "eventBridge", "dynamodb", "s3", "service"] as const;

export const awsServiceSchema = inForms<AwsServiceInput>(
  fieldsOf<AwsServiceInput>()(serviceFields).superRefine((written, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", message, input: written });
    const given = FORMS.filter((form) => written[form] !== undefined);
    if (given.length !== 1)
      return refuse(`must have one of ${FORMS.join(", ")}, got ${given.join(" and ") || "none"}; keep one of them`);
    const ofAny = (["region", "action", "path", "httpMethod", "statements"] as const).filter(
      (field) => written[field] !== undefined,
    );
    if (written.service === undefined && ofAny.length > 0)
      refuse(`has ${ofAny.join(", ")}, which belong to service; leave them out with ${given[0]}`);
    if (written.service === undefined) return;
    if (written.region === undefined) refuse('must have the region of the service, such as "eu-central-1"');
    if ((written.action === undefined) === (written.path === undefined))
      refuse("must have either the action or the path that is called; write one of the two");
  }),
);
