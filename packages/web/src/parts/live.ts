import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { PageLang } from "../lang.ts";
import { askingIn } from "./in-lang.ts";
import { useStream } from "./stream.ts";

/** The first look after a change, for what no event brought. */
const FIRST_LOOK_MS = 2_000;

/** How often a page looks at most seldom while no stream tells it of changes. */
const LOOK_WITHOUT_STREAM_MS = 3_000;

/**
 * What every page that follows along shows. `GET {path}` draws it, `GET {path}/view` answers it as JSON, and `GET
 * {path}/events` sends it anew at every change (server-sent events whose id is `version`).
 */
export interface PageView {
  lang: PageLang;
  /** Where the page is. Its forms and live updates are below it. */
  path: string;
  /** Grows with every change of what is shown, so that views which overtook each other are put right. */
  version: number;
  shop: ShopOnPage;
  /** The shop's name once more: all that a page knows of it which an earlier version drew, and which is open still. */
  merchant: string;
  /** Where the page goes by itself when all is over; null when the shop gave no address. */
  returnUrl: string | null;
  /** The way back to the shop from here, shown on every screen; null when the shop gave none. */
  back: string | null;
  /**
   * `returnAfterSeconds` is there where a page may go back to the shop: when it does by itself; null where it stays.
   */
  screen: { kind: string; returnAfterSeconds?: number | null };
}

/** Who is paid, as a page shows it. Null: the shop said nothing of it. */
export interface ShopOnPage {
  name: string;
  /** Where its logo, the sign in the tab and the style sheet with its colour are loaded from. */
  logo: string | null;
  icon: string | null;
  colour: string | null;
  /** How it is reached, in one line. */
  contact: string | null;
  /** Where its terms, its word on privacy and its complaints book are. */
  terms: string | null;
  privacy: string | null;
  complaints: string | null;
  /** Portuguese, nine digits. */
  taxNumber: string | null;
  /** What the MB WAY app calls it. */
  inApp: string | null;
}

/** How often a page looks by itself, in milliseconds; null when nothing is to be expected any more. */
export type Pace<View> = (view: View) => number | null;

export interface LiveView<View> {
  view: View;
  /**
   * Takes a view from elsewhere. Older ones than what is shown are left aside.
   * @param isAnswer whether somebody waits for it, having sent a form.
   */
  accept(view: View, isAnswer?: boolean): void;
  /** Looks at once how things stand. */
  look(): Promise<void>;
  /** Whether the last look found the server. */
  online: boolean;
}

/**
 * Keeps the view true: by the server's events, by looking now and then in case they do not come, and at once when the
 * page is seen again: another tab, the app that was open meanwhile, the browser's back button.
 */
export function useLiveView<View extends PageView>(first: View, paceOf: Pace<View>): LiveView<View> {
  const [view, setView] = useState(first);
  const [online, setOnline] = useState(true);
  const version = useRef(first.version);

  const accept = useCallback(
    (next: View, isAnswer = false) => {
      setOnline(true);
      const isNewer = next.version > version.current;
      if (!hasAllOf(first, next)) {
        // Only for what is new: two servers of two versions would have the page go to and fro.
        if (isNewer || isAnswer) location.replace(first.path + location.search);
      } else if (next.version >= version.current) {
        version.current = next.version;
        setView(next);
      }
    },
    [first],
  );

  const look = useCallback(async () => {
    try {
      const answer = await fetch(`${first.path}/view`, { headers: askingIn(first.lang) });
      if (answer.ok) accept((await answer.json()) as View);
      else setOnline(false);
    } catch {
      setOnline(false);
    }
  }, [first.path, first.lang, accept]);

  /** What the server tells all tabs may be in the words of another one: then this one asks in its own. */
  const hear = useCallback(
    (next: View) => (next.lang === first.lang ? accept(next) : void look()),
    [first.lang, accept, look],
  );

  const pace = paceOf(view);
  const streaming = useStream(first.path, useLingering(pace !== null), hear);
  useLooks(view, streaming || pace === null ? pace : Math.min(pace, LOOK_WITHOUT_STREAM_MS), look);
  useReturns(look);
  return { view, accept, look, online };
}

/**
 * Whether a view has all that this page was drawn from. While servers are replaced one by one, one of another version
 * may answer: what it leaves out would break the page, which is fetched anew instead.
 */
function hasAllOf(first: PageView, next: PageView): boolean {
  return Object.keys(first).every((member) => member in next);
}

/**
 * For how long a page that has come to its end is still told of what follows at once, in milliseconds: money that came
 * late goes back.
 */
const LINGER_MS = 5_000;

/** Whether anything is expected, or was a moment ago. */
function useLingering(isExpecting: boolean): boolean {
  const [isOpen, setOpen] = useState(isExpecting);
  useEffect(() => {
    if (isExpecting) return setOpen(true);
    const timer = setTimeout(() => setOpen(false), LINGER_MS);
    return () => clearTimeout(timer);
  }, [isExpecting]);
  return isOpen;
}

/** Looks soon after each change and then at a steady pace. */
function useLooks({ screen, version }: PageView, pace: number | null, look: () => Promise<void>): void {
  const { kind } = screen;
  // `kind` and `version` are named so that each new one is looked after anew, soon first
  useEffect(() => {
    if (pace === null) return;
    let timer = setTimeout(next, Math.min(FIRST_LOOK_MS, pace));
    async function next() {
      timer = setTimeout(next, pace ?? 0);
      // Nobody sees a hidden page; it is looked after as soon as it is shown.
      if (!document.hidden) await look();
    }
    return () => clearTimeout(timer);
  }, [kind, version, pace, look]);
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
