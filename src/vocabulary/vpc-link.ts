import { z } from "zod";
import { byName } from "../text/order";
import { problemOfName } from "./identifier";
import { entriesOf } from "./objects";
import { at, type EntryReader } from "./read-entry";
import { fieldsOf, inForms, isKnownLater, literalText, wrong } from "./schema";
import { type Tags, tagsSchema } from "./tags";

/**
 * A way into a VPC, by which `http` routes reach a Network Load Balancer there; of the API's own, or one that is there.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export type VpcLinkInput =
  | {
      /**
       * ARN of the Network Load Balancer. AWS cannot change it: another one is another link, so give that a name of its own,
       * move the routes there, and drop this one when all stages are promoted.
       */
      readonly loadBalancerArn: string;
      /**
       * Name in AWS.
       * @default - the API's id and the link's name, with a hyphen between
       */
      readonly name?: string;
      /**
       * What the link is for.
       * @default - none
       */
      readonly description?: string;
      /**
       * AWS tags of the link.
       * @default - none
       */
      readonly tags?: Tags;
      readonly id?: never;
    }
  | {
      /** Id of a link that is there. */
      readonly id: string;
      readonly loadBalancerArn?: never;
      readonly name?: never;
      readonly description?: never;
      readonly tags?: never;
    };

/** A VPC link, checked. */
export type VpcLink = { readonly id: string } & (
  | {
      readonly kind: "own";
      readonly loadBalancerArn: string;
      readonly name: string;
      readonly description: string;
      readonly tags: Tags;
    }
  | { readonly kind: "existing"; readonly vpcLinkId: string }
);

const ARN = /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/net\/[A-Za-z0-9-]{1,32}\/[0-9a-f]+$/;
const wrongArn = {
  error: wrong(
    "must be the ARN of a Network Load Balancer, the only kind that AWS takes here",
    "write it as arn:aws:elasticloadbalancing:<region>:<account>:loadbalancer/net/<name>/<id>",
  ),
};
const wrongId = {
  error: wrong("must be the id of a VPC link of REST APIs", "aws apigateway get-vpc-links lists them"),
};

const vpcLinkSchema = inForms<VpcLinkInput>(
  fieldsOf<VpcLinkInput>()({
    loadBalancerArn: z
      .string(wrongArn)
      .refine((arn) => isKnownLater(arn) || ARN.test(arn), wrongArn)
      .optional(),
    id: z
      .string(wrongId)
      .refine((id) => isKnownLater(id) || /^[a-z0-9]{1,64}$/.test(id), wrongId)
      .optional(),
    name: literalText.min(1, { error: wrong("must not be empty") }).optional(),
    description: literalText.optional(),
    tags: tagsSchema.optional(),
  }).superRefine((link, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", message, input: link });
    if ((link.loadBalancerArn === undefined) === (link.id === undefined))
      refuse(
        "must have either loadBalancerArn, for a link of its own, or the id of one that is there; write one of the two",
      );
    const own = (["name", "description", "tags"] as const).filter((field) => link[field] !== undefined);
    if (link.id !== undefined && own.length > 0)
      refuse(`has ${own.join(", ")}, which belong to the owner of the link with that id; leave it out`);
  }),
);

/** Reads the VPC links of an API, sorted by id. */
export function readVpcLinks(reader: EntryReader, api: string, place: string, written: unknown): VpcLink[] {
  return entriesOf(written)
    .flatMap(([id, each]): VpcLink[] => {
      const where = `${place}: vpcLink "${id}"`;
      reader.refuse(where, problemOfName(id));
      const link = reader.read(vpcLinkSchema, each, at(where));
      if (!link) return [];
      if (link.id !== undefined) return [{ id, kind: "existing", vpcLinkId: link.id }];
      const { loadBalancerArn, name = `${api}-${id}`, description = "", tags = {} } = link;
      return [{ id, kind: "own", loadBalancerArn, name, description, tags }];
    })
    .sort((a, b) => byName(a.id, b.id));
}
