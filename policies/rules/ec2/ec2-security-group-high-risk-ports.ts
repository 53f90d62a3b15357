import { securityHubUrl } from "../../catalogue/security-hub-url";
import { covers, judgeOpenIngress, securityGroupTypes } from "../../ec2/security-group";
import { resourceRule } from "../../frame/rule";

/** Ports and what listens there, as the control lists them. */
const highRisk: Readonly<Record<number, string>> = {
  20: "FTP",
  21: "FTP",
  22: "SSH",
  23: "Telnet",
  25: "SMTP",
  110: "POP3",
  135: "RPC",
  143: "IMAP",
  445: "CIFS",
  1433: "SQL Server",
  1434: "SQL Server",
  3000: "development servers",
  3306: "MySQL",
  3389: "RDP",
  4333: "ahsp",
  5000: "development servers",
  5432: "PostgreSQL",
  5500: "fcp-addr-srvr1",
  5601: "OpenSearch Dashboards",
  8080: "proxies",
  8088: "HTTP, older kind",
  8888: "HTTP, alternative",
  9200: "OpenSearch",
  9300: "OpenSearch",
};

export const rule = resourceRule({
  id: "ec2-security-group-high-risk-ports",
  title: "No security group opens a high-risk port to the internet",
  severity: "critical",
  controls: ["EC2.19"],
  also: ["CKV_AWS_260", "EC2RestrictedCommonPorts"],
  description: "Databases, file shares and remote shells are never meant for the whole internet.",
  remediation: "Name the blocks or security groups that need it, or put a load balancer on 443 in front.",
  url: securityHubUrl("EC2.19"),
  types: securityGroupTypes,
  judge: (resource) =>
    judgeOpenIngress(resource, ["ipv4", "ipv6"], (range) => {
      const found = Object.entries(highRisk).filter(([port]) => covers(range, Number(port)));
      const [first] = found;
      if (!first) {
        return undefined;
      }
      const others = found.length > 1 ? ` and ${String(found.length - 1)} other high-risk ports` : "";
      return `port ${first[0]} (${first[1]})${others}`;
    }),
});
