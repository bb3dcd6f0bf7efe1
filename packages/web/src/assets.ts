import { basename, join } from "node:path";

export { lookAgainSource } from "./parts/look-again.ts";

/**
 * Where the built scripts, styles and drawings are (absolute). Served under `/assets/`; their names change with their
 * content.
 */
export const assetsFolder = join(import.meta.dirname, "../browser/assets");

/** The file in there that shops load into their pages. */
export const dropInFile = basename(BROWSER_FILES["drop-in"]?.script ?? "");
