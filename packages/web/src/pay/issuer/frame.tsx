import { useEffect, useRef } from "preact/hooks";
import { usePay } from "../context.ts";
import type { BankAction } from "../view.ts";
import { isFrameMessage } from "./frame-message.ts";

/** How long an issuer may take unseen: a second less than the server waits, which goes on by itself then. */
const UNSEEN_LIMIT_MS = 9_000;

interface BankFrameProps {
  action: BankAction;
  title: string;
  /** Whether it is there for the issuer alone, and only for a while. */
  hidden?: boolean;
  /** Called once: what the issuer wanted was done, or could not be. */
  done: (action: string, executed: boolean) => void;
}

/**
 * A frame with our page that leads to the issuer's. The issuer stands in a frame inside it: so this page need let in
 * nobody but ourselves, and the one inside only the issuer of this one action.
 */
export function BankFrame({ action, title, hidden = false, done }: BankFrameProps) {
  const { view } = usePay();
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    let shown = false;
    let over = false;
    const end = (executed: boolean) => {
      if (!over) done(action.id, executed);
      over = true;
    };
    const hear = ({ data, origin, source }: MessageEvent) => {
      if (origin !== location.origin || source !== frame.current?.contentWindow || !isFrameMessage(data)) return;
      if (data.type === "caravela:3ds-shown") shown = true;
      else end(true);
    };
    addEventListener("message", hear);
    const limit = hidden ? setTimeout(() => end(shown), UNSEEN_LIMIT_MS) : undefined;
    return () => {
      clearTimeout(limit);
      removeEventListener("message", hear);
    };
  }, [action.id, hidden, done]);
  return (
    <iframe
      ref={frame}
      class={hidden ? "unseen" : "bank"}
      src={`${view.embedded?.full ?? view.path}/bank?action=${encodeURIComponent(action.id)}`}
      title={title}
      {...(hidden && { "aria-hidden": true, tabIndex: -1 })}
    />
  );
}
