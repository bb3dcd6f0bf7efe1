import { freshRows, showRows } from "./rows.ts";

/** Who has touched nothing for so long, in milliseconds, may be gone: the page rests until they come back. */
const RESTS_AFTER_MS = 10 * 60_000;
/** When a page that was refused its stream asks for one again, in milliseconds. */
const AGAIN_MS = 30_000;

/** Says to the server that nobody pressed anything: it keeps nobody signed in. */
const UNATTENDED = { "caravela-unattended": "1" };

/** Has the page follow along: a payment is drawn anew, of a list what is new is counted, and no row jumps. */
export function followAlong(): void {
  const sign = document.querySelector<HTMLElement>("[data-live]");
  if (sign !== null) new Following(sign).begin();
}

class Following {
  readonly #sign: HTMLElement;
  readonly #from: string;
  #events: EventSource | null = null;
  #isPaused = false;
  #isAsking = false;
  #isAskedAgain = false;
  #touchedAt = performance.now();
  /** The page as it is now, where its rows wait to be shown. */
  #fresh: Document | null = null;

  constructor(sign: HTMLElement) {
    this.#sign = sign;
    this.#from = sign.dataset.live ?? "";
  }

  begin(): void {
    this.#part("pause").addEventListener("click", () => {
      this.#isPaused = !this.#isPaused;
      this.#resume();
      this.#say();
    });
    this.#part("fresh").addEventListener("click", () => this.#showFresh());
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => this.#touched());
    document.addEventListener("visibilitychange", () => this.#resume());
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#resume());
    this.#resume();
    this.#say();
  }

  #part(name: "says" | "pause" | "fresh"): HTMLElement {
    const part = this.#sign.querySelector<HTMLElement>(`[data-live-${name}]`);
    if (part === null) throw new Error(`the live sign has no ${name}`);
    return part;
  }

  /** Listens while somebody looks, and has not stopped it. */
  #resume(): void {
    const listens = !this.#isPaused && !document.hidden && !this.#isResting();
    if (!listens) this.#close();
    else if (this.#events === null) this.#open();
  }

  #isResting(): boolean {
    return performance.now() - this.#touchedAt > RESTS_AFTER_MS;
  }

  #touched(): void {
    const rested = this.#isResting();
    this.#touchedAt = performance.now();
    if (rested) this.#resume();
  }

  #open(): void {
    const events = new EventSource(this.#from);
    this.#events = events;
    events.onmessage = () => (this.#isResting() ? this.#close() : void this.#ask());
    events.onerror = () => {
      if (events.readyState !== EventSource.CLOSED || this.#events !== events) return;
      this.#events = null;
      setTimeout(() => this.#resume(), AGAIN_MS);
    };
  }

  #close(): void {
    this.#events?.close();
    this.#events = null;
  }

  /** Reads the page again; changes that come meanwhile are asked for together. */
  async #ask(): Promise<void> {
    this.#isAskedAgain = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#isAskedAgain) {
        this.#isAskedAgain = false;
        await this.#read();
      }
    } catch {
      // no network: the stream tells again once it is back
    } finally {
      this.#isAsking = false;
    }
  }

  async #read(): Promise<void> {
    const answer = await fetch(location.href, { headers: UNATTENDED });
    // Signed out, or not allowed any more: the page that says so is shown by the browser itself.
    if (answer.redirected || answer.status === 403) return location.reload();
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    showBadges(fresh);
    const region = document.querySelector("[data-region]");
    if (region !== null) return drawAnew(region, fresh);
    this.#fresh = fresh;
    showRows(fresh);
    this.#say();
  }

  #showFresh(): void {
    const fresh = this.#fresh?.querySelector("[data-rows]");
    const shown = document.querySelector("[data-rows]");
    if (!fresh || !shown) return void location.reload();
    shown.replaceWith(document.importNode(fresh, true));
    this.#fresh = null;
    this.#say();
  }

  #say(): void {
    const says = this.#part("says");
    const text = (this.#isPaused ? says.dataset.off : says.dataset.on) ?? "";
    if (says.textContent !== text) says.textContent = text;
    const pause = this.#part("pause");
    pause.textContent = (this.#isPaused ? pause.dataset.resume : pause.dataset.pause) ?? "";
    const arrived = this.#fresh === null ? 0 : freshRows(this.#fresh);
    const button = this.#part("fresh");
    button.hidden = arrived === 0;
    button.textContent = arrived === 0 ? "" : `${arrived} ${button.dataset.arrived}`;
  }
}

/** How much needs somebody, as a fresh page counts it. */
function showBadges(fresh: Document): void {
  for (const badge of document.querySelectorAll("[data-badge]")) {
    const counted = fresh.querySelector(`[data-badge="${badge.getAttribute("data-badge")}"]`);
    if (counted === null || counted.innerHTML === badge.innerHTML || badge.contains(document.activeElement)) continue;
    badge.replaceChildren(...document.importNode(counted, true).childNodes);
  }
}

/** Draws a part anew, unless somebody is typing in it, and leaves open what was opened. */
function drawAnew(region: Element, fresh: Document): void {
  const drawn = fresh.querySelector(`[data-region="${region.getAttribute("data-region")}"]`);
  if (drawn === null || region.contains(typedIn())) return;
  const opened = [...region.querySelectorAll("details")].map(({ open }) => open);
  const next = document.importNode(drawn, true);
  for (const [index, details] of next.querySelectorAll("details").entries()) details.open = opened[index] ?? false;
  region.replaceWith(next);
  const title = document.querySelector("header.title h1");
  const freshTitle = fresh.querySelector("header.title h1");
  if (title !== null && freshTitle !== null) title.replaceChildren(...document.importNode(freshTitle, true).childNodes);
}

/** The field in which something was typed that was not sent yet. */
function typedIn(): Element | null {
  const field = [...document.querySelectorAll<HTMLTextAreaElement>("textarea")].find(({ value }) => value !== "");
  const { activeElement } = document;
  return field ?? (activeElement?.matches("input, textarea, select") === true ? activeElement : null);
}
