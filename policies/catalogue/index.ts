import { cisEks } from "./cis-eks";
import type { Catalogue } from "./control";
import { platform } from "./platform";
import { platformEks } from "./platform-eks";
import { securityHub } from "./security-hub";

export const catalogues: readonly Catalogue[] = [securityHub, cisEks, platform, platformEks];
