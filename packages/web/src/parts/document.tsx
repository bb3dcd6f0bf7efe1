import type { ComponentChildren, VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { type PageLang, TAGS } from "../lang.ts";
import type { ShopOnPage } from "./live.ts";

/** A page as the server sends it. */
export interface Document {
  lang: PageLang;
  title: string;
  /** The name of its script in build.ts. */
  script: string;
  /** What the script takes over: it finds `page` drawn already, and `view` to go on from. */
  page: VNode;
  /** Absent: the script takes nothing over, and the page stays as it was drawn. */
  view?: object;
  /** More for the head, before anything that is loaded, such as a refresh for browsers without script. */
  head?: ComponentChildren;
  /** Whose page it is, where it is a shop's. */
  shop?: Pick<ShopOnPage, "icon" | "colour"> | undefined;
}

/** Renders a whole HTML document. No code or style is inline but what a strict Content-Security-Policy names. */
export function renderDocument({ lang, title, script, page, view, head, shop }: Document): string {
  const files = BROWSER_FILES[script];
  if (files === undefined) throw new Error(`no page script is called ${script}`);
  const html = (
    <html lang={TAGS[lang]}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        {head}
        <link rel="icon" href={shop?.icon ?? "data:,"} />
        {files.styles.map((file) => (
          <link key={file} rel="stylesheet" href={file} />
        ))}
        {/* after the page's own, whose colours it changes */}
        {shop != null && shop.colour !== null && <link rel="stylesheet" href={shop.colour} />}
        {files.imports.map((file) => (
          <link key={file} rel="modulepreload" href={file} integrity={files.integrity[file]} />
        ))}
        <script type="module" src={files.script} integrity={files.integrity[files.script]} />
      </head>
      <body>
        <div id="page">{page}</div>
        {view !== undefined && (
          <script
            type="application/json"
            id="view"
            // JSON in a data block, with `<` escaped so that nothing in it can end the block
            dangerouslySetInnerHTML={{ __html: JSON.stringify(view).replaceAll("<", "\\u003c") }}
          />
        )}
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(html)}`;
}
