import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";
import { assetsFolder } from "@caravela/web/assets";
import { type PayView, renderPayPage } from "@caravela/web/pay";

const CONTENT_TYPES: Record<string, string> = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** A form as it arrived: where it went below the page, and its fields. */
interface Sent {
  to: string;
  fields: Record<string, string>;
}

/**
 * Stands where the payments server would and says whatever a test makes it say, so that what the page does with it can
 * be seen.
 */
export class StandIn {
  /** What the page is told from now on. */
  view: PayView;
  /** What each form is answered, in turn; without one, the view as it is. */
  readonly answers: { status: number; view: PayView }[] = [];
  readonly sent: Sent[] = [];
  /** How often the page looked by itself. */
  looks = 0;
  readonly #listeners = new Set<ServerResponse>();
  readonly #server: Server;

  constructor(view: PayView) {
    this.view = view;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  /** Starts on a free port. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  /** The page's address. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.view.path}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** How many pages listen to the events. */
  get listening(): number {
    return this.#listeners.size;
  }

  /** Tells the open pages by an event. */
  tell(view: PayView): void {
    this.view = view;
    for (const listener of this.#listeners) listener.write(`id: ${view.version}\ndata: ${JSON.stringify(view)}\n\n`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://stand-in");
    if (pathname.startsWith("/assets/")) {
      response.setHeader("content-type", CONTENT_TYPES[extname(pathname)] ?? "application/octet-stream");
      response.end(await readFile(join(assetsFolder, pathname.slice("/assets/".length))));
      return;
    }
    const below = pathname.slice(this.view.path.length + 1);
    if (request.method === "POST") return this.#take(below, request, response);
    if (below === "events") return this.#listen(response);
    if (below === "view") {
      this.looks += 1;
      return sendJson(response, 200, this.view);
    }
    response.setHeader("content-type", "text/html");
    response.end(renderPayPage(this.view));
  }

  async #take(to: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.sent.push({ to, fields: Object.fromEntries(new URLSearchParams(await text(request))) });
    const { status, view } = this.answers.shift() ?? { status: 200, view: this.view };
    this.view = view;
    if (request.headers.accept === "application/json") return sendJson(response, status, view);
    response.writeHead(303, { location: view.path }).end();
  }

  #listen(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    this.#listeners.add(response);
    response.on("close", () => this.#listeners.delete(response));
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
