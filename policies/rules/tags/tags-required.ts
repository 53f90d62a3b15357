import { securityHubUrl } from "../../catalogue/security-hub-url";
import { judgeTags, tagSettings } from "../../ec2/tagged";
import { resourceRule } from "../../frame/rule";

export const rule = resourceRule({
  id: "tags-required",
  title: "Network resources, log groups and keys are tagged",
  severity: "low",
  controls: ["EC2.35", "EC2.37", "EC2.39", "EC2.40", "EC2.41", "EC2.42", "EC2.43", "EC2.44", "EC2.46", "EC2.48"],
  also: ["CKV_AWS_153"],
  description: "Tags say whose a resource is and what it is for; costs and clean-ups go by them.",
  remediation: "Set the tags, or defaultTags of the provider.",
  url: securityHubUrl("EC2.43"),
  settings: tagSettings,
  types: [
    "aws:ec2/vpc:Vpc",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/routeTable:RouteTable",
    "aws:ec2/internetGateway:InternetGateway",
    "aws:ec2/natGateway:NatGateway",
    "aws:ec2/eip:Eip",
    "aws:ec2/networkAcl:NetworkAcl",
    "aws:ec2/networkInterface:NetworkInterface",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/flowLog:FlowLog",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:kms/key:Key",
  ],
  judge: judgeTags,
});
