import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { App, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import { synthesizedResources } from "../../src/model/synthesized-resources";
import { withFolder } from "../support/synthesize";

const LOCAL = (file: string) => ({ backend: "local", config: { path: file } });
const S3 = (key: string, more: object = {}) => ({ backend: "s3", config: { bucket: "states", key, ...more } });

/** What a parameter's value is in stack `b`, which reads an output of another stack's state. */
function read(data: Record<string, object>, value: string, backends: Record<string, object>): unknown {
  return withFolder((folder) => {
    const write = (stack: string, json: object) => {
      mkdirSync(join(folder, "stacks", stack), { recursive: true });
      writeFileSync(join(folder, "stacks", stack, "cdk.tf.json"), JSON.stringify(json));
    };
    write("a", { terraform: { backend: backends }, output: { place: { value: "here" } } });
    write("b", {
      data: { terraform_remote_state: data },
      resource: { aws_ssm_parameter: { p: { name: "/p", value } } },
    });
    return synthesizedResources(folder).resources.find(({ address }) => address === "aws_ssm_parameter.p")?.attributes
      .value;
  });
}

describe("what a stack reads of another's state", () => {
  const local = { local: { path: "../../../terraform.a.tfstate" } };
  const s3 = { s3: { bucket: "states", key: "tiers/a.tfstate", region: "eu-central-1", encrypt: true } };

  test.each([
    ["in a local file", "anything", LOCAL("../../../terraform.a.tfstate"), local],
    ["in a local file, written in another way", "anything", LOCAL("../a/../../../terraform.a.tfstate"), local],
    ["in S3", "anything", S3("tiers/a.tfstate", { region: "eu-central-1" }), s3],
    ["that only cdktf's own name tells", "cross-stack-reference-input-a", { backend: "remote", config: {} }, {}],
  ])("is known where the state is %s", (_, name, block, backend) => {
    const value = `\${data.terraform_remote_state.${name}.outputs.place}`;
    expect(read({ [name]: block }, value, backend)).toBe("here");
  });

  test.each([
    ["another local file", LOCAL("../../../terraform.other.tfstate"), local],
    ["another key in S3", S3("tiers/other.tfstate"), s3],
    ["another backend", S3("../../../terraform.a.tfstate"), local],
  ])("is not taken from a stack of the same name whose state is elsewhere: %s", (_, block, backend) => {
    const value = "${data.terraform_remote_state.a.outputs.place}";
    expect(read({ a: block }, value, backend)).not.toBe("here");
  });

  test.each(["local", "s3"])("is known in other apps of cdktf, with the names that it makes: %s", (backend) => {
    withFolder((folder) => {
      const app = new App({ outdir: folder });
      const stack = (id: string) => {
        const made = new TerraformStack(app, id);
        new AwsProvider(made, "aws", {});
        if (backend === "s3") new S3Backend(made, { bucket: "states", key: `${id}.tfstate`, region: "eu-central-1" });
        return made;
      };
      const from = stack("from");
      const parameter = new SsmParameter(from, "p", { name: "/from", type: "String", value: "x" });
      new TerraformOutput(from, "unused", { value: parameter.arn });
      new SsmParameter(stack("to"), "p", { name: "/to", type: "String", value: parameter.name });
      app.synth();
      const { resources } = synthesizedResources(folder);
      expect(resources.find((each) => each.stack === "to")?.attributes.value).toBe("/from");
    });
  });
});
