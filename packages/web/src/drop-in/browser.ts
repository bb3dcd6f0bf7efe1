import type { PageLang } from "../lang.ts";
import type { FromPage, Hello } from "./messages.ts";

/** Until the page in the frame says how much room it needs, in CSS pixels. */
const FIRST_HEIGHT = 420;

/** How long the page in the frame may take to answer once it is loaded, in milliseconds: else it may not be framed. */
const ANSWER_MS = 5_000;

/** What the shop's page is told by which event. Of `open` there is nothing to tell. */
const EVENTS: Readonly<Record<CaravelaPayDetail["status"], "pending" | "paid" | "canceled">> = {
  pending: "pending",
  authorized: "paid",
  paid: "paid",
  canceled: "canceled",
  expired: "canceled",
};

/** What a frame is called until its page says its title, and what leads to the full page. */
const WORDS: Readonly<Record<PageLang, { readonly title: string; readonly open: string }>> = {
  pt: { title: "Pagamento", open: "Abrir a página do pagamento" },
  en: { title: "Payment", open: "Open the payment page" },
  es: { title: "Pago", open: "Abrir la página de pago" },
  fr: { title: "Paiement", open: "Ouvrir la page de paiement" },
};

const styles = new CSSStyleSheet();
styles.replaceSync(
  ":host{display:block}:host([hidden]),[hidden]{display:none}iframe{display:block;width:100%;border:0;border-radius:1rem;color-scheme:normal}",
);

/** A payment's page inside a page of the shop's: `<caravela-pay pay-url="…" lang="pt">`. */
class CaravelaPay extends HTMLElement {
  static readonly observedAttributes = ["pay-url", "lang"];

  readonly #frame = document.createElement("iframe");
  /** What stands in the element, or a link of ours: shown where the frame cannot be. */
  readonly #instead = document.createElement("slot");
  readonly #link = document.createElement("a");
  #origin = "";
  #told = "";
  #unanswered: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styles];
    this.#frame.allow = "clipboard-write; web-share";
    this.#frame.addEventListener("load", () => this.#greet());
    this.#instead.append(this.#link);
    root.append(this.#frame, this.#instead);
  }

  connectedCallback(): void {
    addEventListener("message", this.#hear);
    this.#show();
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.#hear);
    clearTimeout(this.#unanswered);
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#show();
  }

  #show(): void {
    const page = addressIn(this.getAttribute("pay-url"));
    const lang = asLang(this.lang);
    const words = WORDS[lang ?? asLang(navigator.language) ?? "en"];
    this.#showFrame(page !== null);
    if (page === null) {
      console.error("<caravela-pay> needs the payment's payUrl in its attribute pay-url.");
      return;
    }
    this.#origin = page.origin;
    this.#frame.title = words.title;
    this.#link.textContent = words.open;
    this.#link.href = page.href;
    const framed = new URL(page);
    framed.pathname = `${page.pathname.replace(/\/$/, "")}/embedded`;
    if (lang !== null) framed.searchParams.set("lang", lang);
    if (this.#frame.src === framed.href) return;
    this.#told = "";
    this.#frame.height = String(FIRST_HEIGHT);
    this.#frame.src = framed.href;
  }

  /** The page in the frame answers whom the shop has named, and no other. */
  #greet(): void {
    // A browser counts a frame without an address as loaded too.
    if (this.#frame.src === "") return;
    this.#frame.contentWindow?.postMessage({ type: "caravela:hello" } satisfies Hello, this.#origin);
    clearTimeout(this.#unanswered);
    this.#unanswered = setTimeout(() => {
      console.error(
        `<caravela-pay>: the payment's page does not answer. Is ${location.origin} among CARAVELA_SHOP_ORIGINS, and ${this.#origin} in this page's frame-src?`,
      );
      this.#showFrame(false);
    }, ANSWER_MS);
  }

  readonly #hear = ({ data, origin, source }: MessageEvent): void => {
    if (source !== this.#frame.contentWindow || origin !== this.#origin) return;
    const said = data as Partial<FromPage> | null;
    if (said?.type === "caravela:height" && Number.isFinite(said.height)) this.#frame.height = String(said.height);
    if (said?.type !== "caravela:payment") return;
    clearTimeout(this.#unanswered);
    this.#showFrame(true);
    this.#frame.title = String(said.title);
    this.#tell(String(said.payment), String(said.status));
  };

  #tell(payment: string, status: string): void {
    if (this.#told === status) return;
    this.#told = status;
    if (!isTold(status)) return;
    this.dispatchEvent(new CustomEvent(EVENTS[status], { bubbles: true, detail: { payment, status } }));
  }

  #showFrame(isShown: boolean): void {
    this.#frame.hidden = !isShown;
    this.#instead.hidden = isShown;
  }
}

/** The address of a page, without what follows it; null: it is none. */
function addressIn(text: string | null): URL | null {
  if (text === null || !URL.canParse(text, location.href)) return null;
  const url = new URL(text, location.href);
  [url.search, url.hash] = ["", ""];
  return /^https?:$/.test(url.protocol) ? url : null;
}

function isTold(status: string): status is CaravelaPayDetail["status"] {
  return Object.hasOwn(EVENTS, status);
}

function asLang(tag: string): PageLang | null {
  const [word = ""] = tag.toLowerCase().split("-");
  return Object.hasOwn(WORDS, word) ? (word as PageLang) : null;
}

// A page that loads the script twice has it once.
if (customElements.get("caravela-pay") === undefined) customElements.define("caravela-pay", CaravelaPay);
