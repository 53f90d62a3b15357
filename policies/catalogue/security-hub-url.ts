/** The page of a Security Hub control: `EC2.2` is at `ec2-controls.html#ec2-2`. */
export function securityHubUrl(control: string): string {
  const [service = "", number = ""] = control.toLowerCase().split(".");
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${service}-${number}`;
}
