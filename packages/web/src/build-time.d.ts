/** The hashed files of each page's script, written into the server's build by build.ts. */
declare const BROWSER_FILES: Record<
  string,
  { script: string; imports: string[]; styles: string[]; integrity: Record<string, string> }
>;

declare module "*.css";
