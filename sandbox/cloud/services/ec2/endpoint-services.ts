/**
 * Which VPC endpoint services a region has. Those of the platform come from components/aws; the rest of the list is there so that another
 * program is not refused for something that AWS has.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
import { createHash } from "node:crypto";
import { endpointServiceExists, endpointServiceName, endpointServices } from "../../../../components/aws/endpoints";
import { Scope } from "../../table";

export type EndpointKind = "Gateway" | "Interface";

/** Services outside components/aws, by short name. Not all of them are in every region. */
const OTHERS = new Set(
  (
    "access-analyzer acm-pca airflow.api airflow.env airflow.ops apigateway app-integrations appconfig appconfigdata appmesh " +
    "appmesh-envoy-management apprunner apprunner.requests appsync-api aps aps-workspaces athena auditmanager autoscaling-plans " +
    "backup backup-gateway batch bedrock bedrock-agent bedrock-agent-runtime bedrock-runtime billingconductor braket cassandra " +
    "cleanrooms cloudcontrolapi clouddirectory cloudhsmv2 cloudtrail codeartifact.api codeartifact.repositories codebuild codecommit " +
    "codedeploy codepipeline codestar-connections.api cognito-idp comprehend comprehendmedical config connect-campaigns console " +
    "data-servicediscovery databrew dataexchange datasync datazone devops-guru dms drs ds dynamodb dynamodb-streams ebs-snapshots " +
    "ec2-instance-connect ecr-public eks-auth elasticache elasticbeanstalk elasticbeanstalk-health elasticfilesystem-fips " +
    "elasticmapreduce email-smtp emr-containers emr-serverless emrwal.prod entityresolution events evidently execute-api fis " +
    "forecast forecastquery frauddetector fsx git-codecommit glue glue.dashboard grafana grafana-workspace greengrass groundstation " +
    "guardduty guardduty-data healthlake iam identitystore imagebuilder inspector2 internetmonitor iot.credentials iot.data " +
    "iotsitewise.api iotsitewise.data iottwinmaker.api iottwinmaker.data iotwireless.api kendra kinesis-firehose kinesis-streams " +
    "kinesisanalytics lakeformation license-manager lookoutequipment lookoutmetrics lookoutvision m2 macie2 managedblockchain-query " +
    "mediaconnect medical-imaging memory-db metering-marketplace migrationhub-orchestrator mobileconnect-internal monitoring " +
    "network-firewall networkmonitor nimble notebook organizations osis outposts panorama payment-cryptography.controlplane " +
    "payment-cryptography.dataplane pca-connector-ad personalize pinpoint pinpoint-sms-voice-v2 pipes polly private-networks proton " +
    "qldb.session quicksight-website ram rbin rds rds-data redshift redshift-data redshift-serverless refactor-spaces rekognition " +
    "resource-groups robomaker rolesanywhere route53resolver rum rum-dataplane s3express s3-outposts sagemaker.api " +
    "sagemaker.featurestore-runtime sagemaker.metrics sagemaker.runtime scheduler schemas securityhub securitylake servicecatalog " +
    "servicecatalog-appregistry servicediscovery signin simspaceweaver sms-voice snow-device-management sns ssm-quicksetup ssm-sap " +
    "ssmmessages storagegateway streaming-rekognition swf sync-states synthetics tagging textract timestream-influxdb " +
    "tnb transcribe transcribestreaming transfer transfer.server translate trustedadvisor verifiedpermissions voiceid vpc-lattice " +
    "wellarchitected wisdom workmail workspaces workspaces-web xray"
  ).split(" "),
);

/** The short name of a service that the region has (`logs` of `com.amazonaws.eu-west-1.logs`), or undefined. */
export function serviceOf(serviceName: string, kind: EndpointKind, scope: Scope): string | undefined {
  const [, , region, short] = /^((?:cn\.)?com\.amazonaws)\.([a-z0-9-]+)\.(.+)$/.exec(serviceName) ?? [];
  if (region !== scope.region || !short) return undefined;
  const types = (["gateway", "interface"] as const).filter((type) => endpointServices[type].includes(short));
  if (types.length === 0) return kind === "Interface" && OTHERS.has(short) ? short : undefined;
  const names = types
    .filter((type) => endpointServiceExists(short, region, type))
    .map((type) => endpointServiceName(short, region, type));
  return names.includes(serviceName) || (OTHERS.has(short) && kind === "Interface") ? short : undefined;
}

/** Whether the service has endpoints of the kind. */
export function offers(short: string, kind: EndpointKind): boolean {
  if (kind === "Gateway") return endpointServices.gateway.includes(short);
  return endpointServices.interface.includes(short) || OTHERS.has(short);
}

/** The name that private DNS takes over in the VPC: `logs.eu-west-1.amazonaws.com`, `*.dkr.ecr.…`. */
export function privateDomainOf(short: string, { region, dnsSuffix }: Scope): string {
  const [first = "", second] = short.split(".");
  if (short === "ecr.dkr") return `dkr.ecr.${region}.${dnsSuffix}`;
  return second ? `${second}.${first}.${region}.${dnsSuffix}` : `${first}.${region}.${dnsSuffix}`;
}

/** The id of a service's prefix list in a region; AWS's are fixed, these are as fixed. */
export function prefixListIdOf(short: string, region: string): string {
  return `pl-${createHash("sha256").update(`${short} ${region}`).digest("hex").slice(0, 8)}`;
}
