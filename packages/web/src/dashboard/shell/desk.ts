import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Lang } from "../../lang.ts";
import type { Shell } from "./view.ts";

const DeskContext = createContext<Shell | null>(null);

export const DeskProvider = DeskContext.Provider;

/** What every part of a screen knows: who looks, in which language, and where. */
export interface Desk extends Shell {
  /** Whether whoever looks may have this operation of the API. */
  may(operation: string): boolean;
  /** The texts of the language in which it is drawn. */
  say<Texts>(texts: Readonly<Record<Lang, Texts>>): Texts;
}

/** The desk that this part stands on. */
export function useDesk(): Desk {
  const shell = useContext(DeskContext);
  if (shell === null) throw new Error("a part of the dashboard was drawn outside it");
  return {
    ...shell,
    may: (operation) => shell.me?.operations.includes(operation) ?? false,
    say: (texts) => texts[shell.lang],
  };
}
