/**
 * The stand-in for the eks plugin as a process: prints its port on standard output and serves until standard input closes, so it
 * never outlives whoever started it.
 */
import * as pulumi from "@pulumi/pulumi";
import { eksProvider } from "./provider";

process.stdin.resume();
process.stdin.once("close", () => process.exit(0));
void pulumi.provider.main(eksProvider, process.argv.slice(2));
