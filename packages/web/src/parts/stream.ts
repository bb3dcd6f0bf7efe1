import { useEffect, useState } from "preact/hooks";
import { whenLoaded } from "./hydrate.ts";

/**
 * How many streams all pages of a browser hold together. Over HTTP/1.1 it has six connections to us, and to pay needs
 * one.
 */
const MOST_STREAMS = 3;

/** When a page that was refused a stream asks for one again, in milliseconds. */
const AGAIN_MS = 30_000;

/** What a stream is for. */
interface Listening<View> {
  path: string;
  accept(view: View): void;
  streaming(isIt: boolean): void;
  /** Aborted when nobody looks at the page any more. */
  over: AbortSignal;
}

/**
 * Hears what the server says while the page is shown and anything is to be expected. Pages of the same address in
 * several tabs share one stream, and all pages of a browser a few: who has none looks by itself.
 * @returns whether a stream of this page's own is open.
 */
export function useStream<View>(path: string, isExpecting: boolean, accept: (view: View) => void): boolean {
  const [streaming, setStreaming] = useState(false);
  const isShown = useShown();
  useEffect(() => {
    if (!isShown || !isExpecting) return;
    const over = new AbortController();
    void listen({ path, accept, streaming: setStreaming, over: over.signal });
    return () => over.abort();
  }, [path, isShown, isExpecting, accept]);
  return streaming;
}

/**
 * Whether somebody can see the page: not behind another tab, nor kept for the back button. False until it is loaded.
 */
function useShown(): boolean {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const look = () => setShown(!document.hidden);
    const hide = () => setShown(false);
    const callOff = whenLoaded(look);
    document.addEventListener("visibilitychange", look);
    addEventListener("pageshow", look);
    addEventListener("pagehide", hide);
    return () => {
      callOff();
      document.removeEventListener("visibilitychange", look);
      removeEventListener("pageshow", look);
      removeEventListener("pagehide", hide);
    };
  }, []);
  return isShown;
}

/** Hears what another tab of this page is told, and becomes the one that is told as soon as there is none. */
async function listen<View>({ path, accept, streaming, over }: Listening<View>): Promise<void> {
  const tabs = new BroadcastChannel(`caravela ${path}`);
  tabs.onmessage = ({ data }) => accept(data as View);
  over.addEventListener("abort", () => tabs.close());
  // Without locks (they need HTTPS) tabs cannot agree, and each looks by itself.
  if (navigator.locks === undefined) return;
  const tell = (view: View) => {
    if (!over.aborted) tabs.postMessage(view);
    accept(view);
  };
  const alone = () => inPlace(over, () => stream({ path, accept: tell, streaming, over }));
  await navigator.locks.request(`caravela ${path}`, { signal: over }, alone).catch(() => undefined);
}

/** Does it in the first place that comes free. */
async function inPlace(over: AbortSignal, work: () => Promise<void>): Promise<void> {
  let isIn = false;
  const once = async () => {
    if (isIn) return;
    isIn = true;
    await work();
  };
  const places = Array.from({ length: MOST_STREAMS }, (_, place) =>
    navigator.locks.request(`caravela stream ${place}`, { signal: over }, once),
  );
  await Promise.allSettled(places);
}

/**
 * Listens to the server until it is over. A stream that breaks is taken up by the browser; one that was refused, after
 * a while, by us.
 */
function stream<View>({ path, accept, streaming, over }: Listening<View>): Promise<void> {
  if (over.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    let again: ReturnType<typeof setTimeout>;
    let events: EventSource;
    const open = () => {
      events = new EventSource(`${path}/events`);
      events.onopen = () => streaming(true);
      events.onmessage = ({ data }) => accept(JSON.parse(data) as View);
      events.onerror = () => {
        streaming(false);
        if (events.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS);
      };
    };
    over.addEventListener("abort", () => {
      clearTimeout(again);
      events.close();
      streaming(false);
      resolve();
    });
    open();
  });
}
