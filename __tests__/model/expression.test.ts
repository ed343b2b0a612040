import { evaluateTemplate } from "../../src/model/expression";
import { readable, reference } from "../../src/model/terraform-resource";

const arn = reference("app", "aws_lambda_function.hello", "arn");
const VALUES: Record<string, unknown> = {
  "var.name": "there",
  "var.count": 3,
  "local.hosts": ["a", "b"],
  "aws_lambda_function.hello.arn": arn,
};
const evaluate = (text: string) => evaluateTemplate(text, (path) => VALUES[path.join(".")] ?? `?${path.join("/")}`);

describe("expressions in Terraform JSON", () => {
  test.each<[string, unknown]>([
    ["no expression at all", "no expression at all"],
    ["", ""],
    ["hello ${var.name}!", "hello there!"],
    ["${var.count}", 3],
    ["${var.count} pieces", "3 pieces"],
    ["$${var.name} %%{if} ${var.name}", "${var.name} %{if} there"],
    ['${ "quoted \\"text\\" of ${var.name}" }', 'quoted "text" of there'],
    ['${replace("a/b", "/", "-")}', "a-b"],
    ['${replace("a$b", "$", "$$&")}', "a$$&b"],
    ['${element(split(":", "arn:aws:lambda"), 1)}', "aws"],
    ['${element(["a", "b"], 3)}', "b"],
    ['${join("-", ["a", var.name])}', "a-there"],
    ['${upper(lower("AbC"))}', "ABC"],
    ["${(true)}", true],
    ['${{ a = 1, "b" : [true, null] (var.name) = "c" }}', { a: 1, b: [true, null], there: "c" }],
    ['${jsonencode({"paths" = {"/a" = {"get" = var.name}}})}', '{"paths":{"/a":{"get":"there"}}}'],
    ['${jsonencode("a<b>&c")}', '"a\\u003cb\\u003e\\u0026c"'],
    ["${-1.5}", -1.5],
    ['${module.x["a b"][0].id}', "?module/x/a b/0/id"],
  ])("%s → %j", (text, value) => {
    expect(evaluate(text)).toEqual(value);
  });

  test("what AWS will give stays a reference, in a text too", () => {
    expect(readable(String(evaluate("lambda:path/${aws_lambda_function.hello.arn}/invocations")))).toBe(
      "lambda:path/${app: aws_lambda_function.hello.arn}/invocations",
    );
  });

  test("what AWS will give stays a reference in encoded JSON, which is JSON all the same", () => {
    const encoded = JSON.parse(String(evaluate('${jsonencode({ uri = "x/${aws_lambda_function.hello.arn}" })}')));
    expect(encoded).toEqual({ uri: `x/${arn}` });
  });

  test("a function of what AWS will give is known to come from it, and is not taken for it", () => {
    const made = String(evaluate('${replace(aws_lambda_function.hello.arn, "a", "b")}'));
    expect(readable(made)).toBe("${app: aws_lambda_function.hello.arn}");
    expect(made).not.toBe(arn);
  });

  test.each([
    '${var.a ? "b" : "c"}',
    "${1 + 2}",
    "${[for a in local.hosts : a]}",
    '${jsondecode("{}")}',
    '${replace("abc", "/b/", "d")}',
    "%{ if true }a%{ endif }",
    "${var.name",
    "${}",
    "${element([], 0)}",
    '${upper(["a"], }',
  ])("%s is not evaluated, and says so", (text) => {
    expect(readable(String(evaluate(text)))).toBe(text);
    expect(evaluate(text)).not.toBe(text);
  });
});
