import { choice, flag, retention, section, whole } from "./shapes";

export const observability = section(
  {
    containerInsights: choice(["daemonset", "addon", "off"], {
      says:
        "Container Insights: agents as DaemonSets of our own, AWS's add-on (its enhanced metrics are billed by " +
        "observation), or off. Default daemonset.",
    }).default("daemonset"),
    fluentBit: section(
      {
        httpPort: whole(1, 65535, {
          says: "Port of Fluent Bit's own metrics on each node; null turns that server off. Default 2020.",
          example: 2020,
          rule: "CI-05",
          message: "is not a port, 1 to 65535",
        })
          .nullable()
          .default(2020),
        readFromHead: flag("Reads logs that are there already, not only new lines. Default false.", false).default(
          false,
        ),
      },
      { says: "The log shipper." },
    ).prefault({}),
    logRetentionDays: retention("container logs and metrics"),
  },
  { says: "Metrics and logs of the cluster.", example: { containerInsights: "daemonset" } },
);
