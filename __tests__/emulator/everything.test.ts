import { everything } from "../support/everything";
import { describeWith } from "../support/requirements";
import { runOrFail } from "../support/run";
import { actionsOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

describeWith(["terraform", "emulator"], "a catalog with every word of the vocabulary", () => {
  const stacks = ["account", "pets", "pets-test", "pets-prod", "toys", "toys-live"];
  let workspace: Workspace;

  /** What the catalog refers to, and others manage. */
  function addWhatOthersManage(): { readonly webAclArn: string } {
    const { aws } = workspace;
    const document = ["--assume-role-policy-document", '{"Version":"2012-10-17","Statement":[]}'];
    const role: string = aws("iam", "create-role", "--role-name", "functions", ...document).Role.Arn;
    workspace.write("index.py", "def handler(event, context): pass");
    runOrFail("python3", ["-m", "zipfile", "-c", "code.zip", "index.py"], { cwd: workspace.folder });
    const code = ["--zip-file", `fileb://${workspace.path("code.zip")}`];
    for (const name of ["keys", "partners", "pets", "reports"]) {
      const of = ["--function-name", name];
      aws(
        "lambda",
        "create-function",
        ...of,
        ...code,
        "--runtime",
        "python3.12",
        "--handler",
        "index.handler",
        "--role",
        role,
      );
      for (const alias of ["live", "test"])
        aws("lambda", "create-alias", ...of, "--name", alias, "--function-version", "$LATEST");
    }
    const seen = "SampledRequestsEnabled=false,CloudWatchMetricsEnabled=false,MetricName=pets";
    const acl = ["--name", "pets", "--scope", "REGIONAL", "--default-action", "Allow={}", "--visibility-config", seen];
    return { webAclArn: aws("wafv2", "create-web-acl", ...acl).Summary.ARN };
  }

  beforeAll(async () => {
    workspace = await Workspace.open();
    // Functions and topics are in one Region.
    const written: typeof everything = JSON.parse(JSON.stringify(everything).replaceAll("eu-central-1", "us-east-1"));
    const { stages, routes } = written.apis.pets;
    Object.assign(stages.test, addWhatOthersManage());
    // The emulator does not know the caller's own rights.
    Object.assign(routes["DELETE /notes"].integration, { credentials: "arn:aws:iam::123456789012:role/rows" });
    // The AWS provider sends it in the second deploy only.
    Object.assign(stages.test.settings.cache, { requireAuthorizationForCacheControl: true });
    workspace.synthesize(written, { accountLogging: true });
  });
  afterAll(() => workspace.close());

  test.each(stacks)("is deployed with the stack %s, and a second plan changes nothing", (stack) => {
    workspace.terraform(stack).init();
    workspace.terraform(stack).deploy();
    expect(actionsOf(workspace.terraform(stack).plan())).toEqual([]);
  });
});
