import { Service } from "../table";

/** Every service that the cloud models; anything else behaves generically (generic.ts). */
export const services: Service[] = [];
