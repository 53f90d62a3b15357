import type { StackResource, StackView } from "../frame/stack";
import { attempt, each, NotKnownYet, type Value } from "../frame/value";
import { compliant, notApplicable, type Verdict, violation } from "../frame/verdict";
import { defaultRoutesOf, routeTablesOf } from "./routing";
import { subnet } from "./vpc";

/** Whether the subnets that `ids`, somewhere in `property`, refers to are private; those of other stacks can't be told. */
export function judgeSubnetsPrivate(
  stack: StackView,
  subject: StackResource,
  property: string,
  ids: Value,
): readonly Verdict[] {
  const subnets = subnetsOf(stack, subject, property, ids);
  if (subnets.length === 0) {
    return [notApplicable("is in no subnet of this stack")];
  }
  return subnets.flatMap((found) => [
    attempt(() =>
      found.props.at("mapPublicIpOnLaunch").boolean() === true
        ? violation(ids.path, `${found.name} hands out public addresses`)
        : compliant,
    ) as Verdict,
    ...each([found], (one) =>
      each(routeTablesOf(stack, one), (table) =>
        defaultRoutesOf(stack, table).some((route) => route.internetGateway)
          ? violation(ids.path, `${one.name} has a route to an internet gateway, in ${table.name}`)
          : compliant,
      ),
    ),
  ]);
}

function subnetsOf(stack: StackView, subject: StackResource, property: string, ids: Value): StackResource[] {
  const all = stack.ofType(subnet);
  const wanted = ids.isUnknown ? [] : ids.list();
  const known = new Set(wanted.filter((id) => !id.isUnknown).map((id) => id.raw));
  const byId = all.filter(({ props }) => !props.at("id").isUnknown && known.has(props.at("id").raw));
  if (!ids.isUnknown && wanted.every((id) => !id.isUnknown) && byId.length > 0) {
    return byId;
  }
  // Ids are not known before the apply: the graph says what the property was made from.
  const urns = new Set(subject.propertyDependencies[property] ?? []);
  const byGraph = all.filter(({ urn }) => urns.has(urn));
  const open = ids.isUnknown || wanted.some((id) => id.isUnknown);
  if (byGraph.length > Math.max(wanted.length, 1) || (byGraph.length === 0 && (open || all.some(hasNoIdYet)))) {
    throw new NotKnownYet(ids.path);
  }
  return byGraph;
}

function hasNoIdYet({ props }: StackResource): boolean {
  return props.at("id").isUnknown;
}
