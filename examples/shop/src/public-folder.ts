import { join } from "node:path";

/** The shop's pictures, styles and script, as browsers get them. */
export const PUBLIC = join(import.meta.dirname, "..", "public");
