import { CloudFunction, Service } from "../table";

/** Every service that the cloud models; anything else behaves generically (generic.ts). */
export const services: Service[] = [];

/** Every data source. */
export const functions: CloudFunction[] = services.flatMap((service) => service.functions ?? []);
