import { join } from "node:path";

export { lookAgainSource } from "./parts/look-again.ts";

/**
 * Where the built scripts, styles and drawings are (absolute). Served under `/assets/`; their names change with their
 * content.
 */
export const assetsFolder = join(import.meta.dirname, "../browser/assets");
