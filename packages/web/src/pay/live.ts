import { useCallback, useEffect, useState } from "preact/hooks";
import type { PayScreen, PayView } from "./view.ts";

/** The first look after a change, for news that no event brought. */
const FIRST_LOOK_MS = 2_000;
/** How often to look from then on. */
const LOOK_MS = 10_000;
/** How often while SIBS is late with its answer. */
const LOOK_WHILE_CONFIRMING_MS = 5_000;

/** How often while the issuer has something to do or to ask. */
const LOOK_WHILE_ASKED_MS = 3_000;

const PACES: Partial<Record<PayScreen["kind"], number>> = {
  mbway_confirming: LOOK_WHILE_CONFIRMING_MS,
  unconfirmed: LOOK_WHILE_CONFIRMING_MS,
  card_moment: LOOK_WHILE_ASKED_MS,
  card_challenge: LOOK_WHILE_ASKED_MS,
};
const ENDED: readonly PayScreen["kind"][] = ["paid", "refunded", "canceled", "expired"];

export interface LiveView {
  view: PayView;
  /** Takes a view from elsewhere, such as a form's answer. Older ones than what is shown are left aside. */
  accept(view: PayView): void;
  /** Looks at once how things stand. */
  look(): Promise<void>;
  /** Whether the last look found the server. */
  online: boolean;
}

/**
 * Keeps the view true: by the server's events, by looking now and then in case they do not come, and at once when the page is seen
 * again: another tab, the app that was open meanwhile, the browser's back button.
 */
export function useLiveView(first: PayView): LiveView {
  const [view, setView] = useState(first);
  const [online, setOnline] = useState(true);

  const accept = useCallback((news: PayView) => {
    setOnline(true);
    setView((shown) => (news.version >= shown.version ? news : shown));
  }, []);

  const look = useCallback(async () => {
    try {
      const answer = await fetch(`${first.path}/view`, { headers: { accept: "application/json" } });
      if (answer.ok) accept((await answer.json()) as PayView);
      else setOnline(false);
    } catch {
      setOnline(false);
    }
  }, [first.path, accept]);

  useEvents(first, accept);
  useLooks(view.screen.kind, view.version, look);
  useReturns(look);
  return { view, accept, look, online };
}

/** Listens to the server's events while the page is shown; a page kept for the back button holds no connection. */
function useEvents(first: PayView, accept: (view: PayView) => void): void {
  useEffect(() => {
    let events: EventSource;
    const listen = () => {
      events = new EventSource(`${first.path}/events`);
      events.onmessage = ({ data }) => accept(JSON.parse(data) as PayView);
    };
    const hang = () => events.close();
    const again = ({ persisted }: PageTransitionEvent) => persisted && listen();
    listen();
    addEventListener("pagehide", hang);
    addEventListener("pageshow", again);
    return () => {
      hang();
      removeEventListener("pagehide", hang);
      removeEventListener("pageshow", again);
    };
  }, [first.path, accept]);
}

/** Looks soon after each change and then at a steady pace. */
function useLooks(kind: PayScreen["kind"], version: number, look: () => Promise<void>): void {
  // `version` is named so that each new one is looked after anew, soon first
  useEffect(() => {
    if (ENDED.includes(kind)) return;
    const pace = PACES[kind] ?? LOOK_MS;
    let timer = setTimeout(next, Math.min(FIRST_LOOK_MS, pace));
    async function next() {
      timer = setTimeout(next, pace);
      // Nobody sees a hidden page; it is looked after as soon as it is shown.
      if (!document.hidden) await look();
    }
    return () => clearTimeout(timer);
  }, [kind, version, look]);
}

/** Looks at once when somebody comes back to the page or the network does. */
function useReturns(look: () => Promise<void>): void {
  useEffect(() => {
    const shown = () => !document.hidden && look();
    const restored = ({ persisted }: PageTransitionEvent) => persisted && look();
    document.addEventListener("visibilitychange", shown);
    addEventListener("pageshow", restored);
    addEventListener("online", look);
    return () => {
      document.removeEventListener("visibilitychange", shown);
      removeEventListener("pageshow", restored);
      removeEventListener("online", look);
    };
  }, [look]);
}
