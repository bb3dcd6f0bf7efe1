import type { VNode } from "preact";
import { renderDocument } from "../../parts/document.tsx";
import { DeskProvider } from "./desk.ts";
import { Frame } from "./frame.tsx";
import type { Shell } from "./view.ts";

/** A screen, as it stands in the shell. */
export interface Screen {
  /** Of the browser's tab. */
  title: string;
  body: VNode;
}

/** Renders a screen of the dashboard as a whole HTML document. */
export function renderScreen(shell: Shell, { title, body }: Screen): string {
  return renderDocument({
    lang: shell.lang,
    title: `${title} – Caravela`,
    script: "dashboard",
    page: (
      <DeskProvider value={shell}>
        <Frame>{body}</Frame>
      </DeskProvider>
    ),
  });
}
