import { join } from "node:path";

/** The files that make the gateway's tables. They lie beside the sources, and beside what is built of them. */
export const MIGRATIONS = join(import.meta.dirname, "..", "migrations");
