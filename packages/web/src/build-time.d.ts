/** The hashed files of each page's script, written into the server's build by build.ts. */
declare const BROWSER_FILES: Record<
  string,
  { script: string; imports: string[]; styles: string[]; integrity: Record<string, string> }
>;

/** Whether it is the server that draws, and no browser: what is for it alone is in no script. */
declare const IS_SERVER: boolean;

declare module "*.css";
