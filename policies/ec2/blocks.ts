import { cidrAssociation, subnet, vpc } from "./vpc";

/** Types with an IPv4 block in `cidrBlock`. */
export const blockTypes = [vpc, cidrAssociation, subnet];
