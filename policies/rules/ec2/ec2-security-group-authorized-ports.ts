import { securityHubUrl } from "../../catalogue/security-hub-url";
import { judgeOpenIngress, securityGroupTypes, type PortRange } from "../../ec2/security-group";
import { resourceRule } from "../../frame/rule";
import type { Value } from "../../frame/value";

export const rule = resourceRule({
  id: "ec2-security-group-authorized-ports",
  title: "A security group opens only authorized ports to the internet",
  severity: "high",
  controls: ["EC2.18"],
  also: ["CKV_AWS_277"],
  description: "What anyone may reach is a decision, not an accident: only HTTP and HTTPS unless configured otherwise.",
  remediation: "Restrict the source, or add the port to the policy's settings if it is meant to be public.",
  url: securityHubUrl("EC2.18"),
  settings: {
    tcpPorts: { description: "TCP ports that may be open to anyone.", default: [80, 443] },
    udpPorts: { description: "UDP ports that may be open to anyone.", default: [] },
  },
  types: securityGroupTypes,
  judge: (resource, settings) =>
    judgeOpenIngress(resource, ["ipv4", "ipv6"], (range) => {
      if (isAuthorized(range, settings)) {
        return undefined;
      }
      const which =
        range.from === range.to ? `port ${String(range.from)}` : `ports ${String(range.from)}-${String(range.to)}`;
      return `${which} (${range.protocol}), which is not authorized,`;
    }),
});

function isAuthorized({ protocol, from, to }: PortRange, settings: Value): boolean {
  if (protocol !== "tcp" && protocol !== "udp") {
    return protocol !== "all"; // ICMP and the like have no ports.
  }
  const authorized = new Set(
    settings
      .at(`${protocol}Ports`)
      .list()
      .map((port) => port.number()),
  );
  // A range is authorized when each of its ports is; no list is long enough for a wide one.
  return (
    to - from < authorized.size &&
    Array.from({ length: to - from + 1 }, (_, i) => from + i).every((port) => authorized.has(port))
  );
}
