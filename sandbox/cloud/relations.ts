/** What an object refers to must be there; what must be unique must not be taken. */
import { parseArn } from "../../components/aws/partition";
import { sameObject, settingsOf, Step } from "./step";
import { Call, Reference, ResourceType, Scope } from "./table";
import { same, valuesAt } from "./value";

/** Refuses the call when it names something that is not there. */
export function checkReferences(call: Call, step: Step, type: ResourceType): void {
  for (const reference of type.refersTo ?? []) {
    for (const value of valuesAt(call.inputs, reference.property)) {
      if (!reference.missing || typeof value !== "string" || value === "" || reference.except?.(value)) continue;
      if (isElsewhere(value, call.scope) || exists(step, reference, value)) continue;
      call.refuse(reference.missing, { value });
    }
  }
}

function exists(step: Step, reference: Reference, value: string): boolean {
  return [reference.to].flat().some((type) => {
    if (!reference.by || reference.by === "id") return step.find(type, value) !== undefined;
    return step.all(type, { [reference.by]: value }).length > 0;
  });
}

/** An ARN of another account, another region, or AWS's own: nobody can look there. Another partition's is simply wrong. */
function isElsewhere(value: string, scope: Scope): boolean {
  const arn = parseArn(value);
  if (!arn || arn.partition !== scope.partition) return false;
  return (arn.account !== "" && arn.account !== scope.account) || (arn.region !== "" && arn.region !== scope.region);
}

/** Refuses the call when another object has what must be unique. */
export function checkUnique(call: Call, step: Step, type: ResourceType): void {
  for (const { of, taken, when } of type.unique ?? []) {
    if (when && !when(call.inputs)) continue;
    const wanted = of.map((property) => call.setting(property) ?? null);
    if (wanted.every((value) => value === null)) continue;
    const holder = step.all(type.type).find((other) => {
      if (other.id === call.id && call.old && sameObject(other, call.old)) return false;
      if (when && !when(other.inputs)) return false;
      const settings = settingsOf(other);
      return same(
        of.map((property) => settings[property] ?? null),
        wanted,
      );
    });
    if (holder) call.refuse(taken, { holder: holder.id });
  }
}
