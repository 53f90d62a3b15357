import { readStackConfig } from "./config/read-stack-config";
import { describePlatform } from "./outputs";
import { buildPlatform } from "./platform";

const { config, plan, nodeGroups } = readStackConfig();

export = describePlatform(buildPlatform(config, plan, nodeGroups));
