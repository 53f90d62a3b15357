import { securityHubUrl } from "../../catalogue/security-hub-url";
import { launchTemplate } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { each } from "../../frame/value";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "ec2-launch-template-ebs-encrypted",
  title: "Launch templates encrypt the volumes that they describe",
  severity: "medium",
  controls: ["EC2.181"],
  also: ["EC2EBSVolumeEncrypted"],
  description: "Images, container layers and emptyDir volumes lie on a node's disk, with whatever pods write there.",
  remediation: "Set ebs.encrypted to true in each of blockDeviceMappings.",
  url: securityHubUrl("EC2.181"),
  types: [launchTemplate],
  judge: ({ props }) => {
    const mappings = props.at("blockDeviceMappings").list();
    return mappings.length === 0
      ? notApplicable("describes no volumes")
      : each(mappings, (mapping) => {
          const volume = mapping.at("ebs");
          const encrypted = volume.at("encrypted");
          if (volume.isMissing) {
            return notApplicable("is no EBS volume");
          }
          return encrypted.boolean() === true ? compliant : violation(encrypted.path, "is not on");
        });
  },
});
