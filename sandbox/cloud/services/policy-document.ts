/**
 * `aws.iam.getPolicyDocument`: renders statements as the real data source does, which never asks AWS.
 * https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/iam_policy_document
 */
import { createHash } from "node:crypto";
import { CloudFunction, FunctionCall, Properties } from "../table";
import { isObject, list, objects, text, texts } from "../value";

interface Document {
  Version?: unknown;
  Id?: unknown;
  Statement: Properties[];
}

export const policyDocument: CloudFunction = {
  token: "aws:iam/getPolicyDocument:getPolicyDocument",
  run: (args, call) => {
    const version = text(args["version"]) ?? "2012-10-17";
    const own: Document = {
      Version: version,
      ...(args["policyId"] === undefined ? {} : { Id: args["policyId"] }),
      Statement: objects(args["statements"]).map(statementOf),
    };
    refuseDoubles(own.Statement, call);
    const sources = [text(args["sourceJson"]), ...texts(args["sourcePolicyDocuments"])];
    const overrides = [text(args["overrideJson"]), ...texts(args["overridePolicyDocuments"])];
    const merged = [...sources, undefined, ...overrides].reduce(
      (document: Document, source, index) => merge(document, index === sources.length ? own : parse(source, call)),
      { Statement: [] },
    );
    const json = JSON.stringify(merged, null, 2);
    return {
      ...{ ...args, version, json, minifiedJson: JSON.stringify(merged) },
      id: String(createHash("sha256").update(json).digest().readUInt32BE()),
    };
  },
};

function parse(source: string | undefined, call: FunctionCall): Document {
  if (source === undefined) return { Statement: [] };
  try {
    const parsed: unknown = JSON.parse(source);
    const document = isObject(parsed) ? parsed : {};
    const statements = document["Statement"];
    return { ...document, Statement: isObject(statements) ? [statements] : objects(statements) };
  } catch (error) {
    return call.fail(`merging source document: ${(error as Error).message}`);
  }
}

/** A later document's statement takes the place of an earlier one with the same Sid. */
function merge(before: Document, next: Document): Document {
  const statements = [...before.Statement];
  for (const statement of next.Statement) {
    const place = statement["Sid"] ? statements.findIndex(({ Sid }) => Sid === statement["Sid"]) : -1;
    if (place < 0) statements.push(statement);
    else statements[place] = statement;
  }
  return { ...before, ...next, Statement: statements };
}

function refuseDoubles(statements: Properties[], call: FunctionCall): void {
  const sids = statements.map(({ Sid }) => Sid).filter((sid) => sid !== undefined);
  const double = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (double !== undefined) call.fail(`duplicate Sid (${String(double)}). Remove the Sid or ensure the Sid is unique.`);
}

function statementOf(statement: Properties): Properties {
  const rendered: Properties = {
    Sid: text(statement["sid"]),
    Effect: text(statement["effect"]) ?? "Allow",
    Action: oneOrMany(statement["actions"]),
    NotAction: oneOrMany(statement["notActions"]),
    Resource: oneOrMany(statement["resources"]),
    NotResource: oneOrMany(statement["notResources"]),
    Principal: principals(statement["principals"]),
    NotPrincipal: principals(statement["notPrincipals"]),
    Condition: conditions(statement["conditions"]),
  };
  return Object.fromEntries(Object.entries(rendered).filter(([, value]) => value !== undefined));
}

/** Sorted from the last to the first, as the data source does it, and single values without a list. */
function oneOrMany(value: unknown): unknown {
  const values = texts(value).sort().reverse().map(unescapeVariables);
  return values.length === 0 ? undefined : values.length === 1 ? values[0] : values;
}

/** `&{aws:username}` stands for IAM's own `${aws:username}`. */
function unescapeVariables(value: string): string {
  return value.replaceAll("&{", "${");
}

function principals(value: unknown): unknown {
  const given = objects(value);
  if (given.length === 0) return undefined;
  if (given.length === 1 && given[0]?.["type"] === "*" && texts(given[0]["identifiers"]).join() === "*") return "*";
  const byType: Record<string, string[]> = {};
  for (const { type, identifiers } of given)
    byType[String(type)] = [...(byType[String(type)] ?? []), ...texts(identifiers)];
  return Object.fromEntries(Object.entries(byType).map(([type, identifiers]) => [type, oneOrMany(identifiers)]));
}

function conditions(value: unknown): unknown {
  const given = objects(value);
  if (given.length === 0) return undefined;
  const byTest: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of given) {
    const known = list(values).map((each) => unescapeVariables(String(each)));
    byTest[String(test)] = { ...byTest[String(test)], [String(variable)]: known.length === 1 ? known[0] : known };
  }
  return byTest;
}
