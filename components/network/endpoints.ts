import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { endpointServiceName, type EndpointSet } from "../aws/endpoints";

export interface EndpointsArgs {
  vpcId: pulumi.Input<string>;
  region: string;
  /** Which services get an endpoint; see `endpointSet`. */
  services: Pick<EndpointSet, "gateway" | "interface">;
  /** Every block of the VPC: all of it may reach the interface endpoints. */
  cidrs: string[];
  /** One subnet in each zone for the interface endpoints. */
  subnetIds: pulumi.Input<string>[];
  /** Route tables that get the gateway endpoints' routes. */
  routeTableIds: pulumi.Input<string>[];
}

/**
 * VPC endpoints, so that images, logs and credentials don't leave by a NAT gateway, or come at all where there is none.
 *
 * Interface endpoints answer under the service's usual name (private DNS), to HTTPS from the VPC's own blocks only.
 */
export class Endpoints extends pulumi.ComponentResource {
  readonly endpoints: aws.ec2.VpcEndpoint[] = [];

  constructor(name: string, args: EndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:network:Endpoints", name, {}, opts);

    const { gateway, interface: interfaces } = args.services;
    this.createGateways(name, gateway, args);
    if (interfaces.length > 0) {
      this.createInterfaces(name, interfaces, this.createSecurityGroup(name, args), args);
    }

    this.registerOutputs({});
  }

  private createGateways(name: string, services: string[], args: EndpointsArgs): void {
    for (const service of services) {
      const endpoint = new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId: args.vpcId,
          vpcEndpointType: "Gateway",
          serviceName: endpointServiceName(service, args.region, "gateway"),
          routeTableIds: args.routeTableIds,
          tags: { Name: `${name}-${service}` },
        },
        { parent: this },
      );
      this.endpoints.push(endpoint);
    }
  }

  private createSecurityGroup(name: string, args: EndpointsArgs): aws.ec2.SecurityGroup {
    const group = new aws.ec2.SecurityGroup(
      name,
      {
        vpcId: args.vpcId,
        description: "Interface endpoints: HTTPS from the VPC",
        tags: { Name: name },
      },
      { parent: this },
    );
    for (const cidr of args.cidrs) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${cidr}`,
        {
          securityGroupId: group.id,
          description: "HTTPS from the VPC",
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrIpv4: cidr,
        },
        { parent: this },
      );
    }
    return group;
  }

  private createInterfaces(
    name: string,
    services: string[],
    securityGroup: aws.ec2.SecurityGroup,
    args: EndpointsArgs,
  ): void {
    for (const service of services) {
      const endpoint = new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId: args.vpcId,
          vpcEndpointType: "Interface",
          serviceName: endpointServiceName(service, args.region),
          subnetIds: args.subnetIds,
          securityGroupIds: [securityGroup.id],
          privateDnsEnabled: true,
          tags: { Name: `${name}-${service}` },
        },
        { parent: this },
      );
      this.endpoints.push(endpoint);
    }
  }
}
