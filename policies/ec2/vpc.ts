import type { StackResource, StackView } from "../frame/stack";
import { NotKnownYet, type Value } from "../frame/value";

export const vpc = "aws:ec2/vpc:Vpc";
export const subnet = "aws:ec2/subnet:Subnet";
export const cidrAssociation = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";

export interface VpcReference {
  /** The same for all that lie in one VPC, whether it is of this stack or not. */
  readonly key: string;
  /** The VPC's resource, where it is of this stack. */
  readonly vpc: StackResource | undefined;
}

/** The VPC that `resource.vpcId` names; undefined where it names none. */
export function vpcOf(stack: StackView, resource: StackResource): VpcReference | undefined {
  const relation = stack.targets(resource, "vpcId", vpc);
  if (relation.state === "unknown") {
    throw new NotKnownYet("vpcId");
  }
  const [found] = relation.found;
  if (found) {
    return { key: found.urn, vpc: found };
  }
  const id = resource.props.at("vpcId").string();
  return id ? { key: id, vpc: undefined } : undefined;
}

/** Resources of a type by the VPC that they lie in; those whose VPC isn't known yet under `unknown`. */
export interface ByVpc {
  readonly of: ReadonlyMap<string, readonly StackResource[]>;
  readonly unknown: readonly StackResource[];
}

const indexes = new WeakMap<StackView, Map<string, ByVpc>>();

export function byVpc(stack: StackView, type: string): ByVpc {
  const known = indexes.get(stack) ?? new Map<string, ByVpc>();
  indexes.set(stack, known);
  const index = known.get(type) ?? indexByVpc(stack, type);
  known.set(type, index);
  return index;
}

function indexByVpc(stack: StackView, type: string): ByVpc {
  const of = new Map<string, StackResource[]>();
  const unknown: StackResource[] = [];
  for (const resource of stack.ofType(type)) {
    try {
      const key = vpcOf(stack, resource)?.key;
      if (key !== undefined) {
        const list = of.get(key);
        if (list) {
          list.push(resource);
        } else {
          of.set(key, [resource]);
        }
      }
    } catch (error) {
      if (!(error instanceof NotKnownYet)) {
        throw error;
      }
      unknown.push(resource);
    }
  }
  return { of, unknown };
}

/** Tag of the platform's subnets: what a subnet is for. */
export const subnetClassTag = "SubnetClass";

/** `public`, `private`, `loadBalancer` or `pod`, by our tag or by Kubernetes'; undefined where no tag tells. */
export function subnetClass(props: Value): string | undefined {
  const tags = props.at("tags");
  const named = tags.at(subnetClassTag).string();
  if (named !== undefined) {
    return named;
  }
  if (isOn(tags.at("kubernetes.io/role/cni"))) {
    return "pod";
  }
  if (isOn(tags.at("kubernetes.io/role/internal-elb"))) {
    return "private";
  }
  return isOn(tags.at("kubernetes.io/role/elb")) ? "public" : undefined;
}

function isOn(tag: Value): boolean {
  const text = tag.string();
  return text !== undefined && text !== "0";
}
