import { endpointCases } from "../../ec2/endpoint.cases";

export const cases = endpointCases("ssm-incidents");
