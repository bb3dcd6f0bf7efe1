import type { ServerResponse } from "node:http";
import type { Log } from "@caravela/platform/log";
import { after } from "@caravela/platform/timer";

/** How often a silent stream says that it is alive, so that nothing in between closes it. System time. */
const HEARTBEAT_MS = 15_000;

/**
 * For how long a rendering serves whoever comes after it, in milliseconds of system time, unless a change comes first.
 */
const FRESH_MS = 1_000;

/** How many bytes may wait for one that does not read. It comes again by itself. */
const MOST_UNREAD = 256 * 1024;

/** What a page shows. */
export interface Shown {
  /** Grows with every change of what is shown. */
  readonly version: number;
}

interface Rendering {
  readonly version: number;
  readonly data: string;
}

interface Member {
  readonly response: ServerResponse;
  readonly seen: string | null;
  /** What it was sent last. */
  shown: string | null;
}

export interface RoomParts {
  readonly view: () => Promise<Shown>;
  readonly subscribe: (listener: () => void) => () => void;
  readonly log: Log;
  readonly emptied: () => void;
}

/** Everybody who looks at the same: it is rendered once at each change, and sent to all. */
export class Room {
  readonly #view: () => Promise<Shown>;
  readonly #log: Log;
  readonly #emptied: () => void;
  readonly #unsubscribe: () => void;
  readonly #members = new Set<Member>();
  #stopHeartbeat: () => void;
  #fresh: Rendering | null = null;
  #spoil = (): void => undefined;
  #rendering = false;
  #changed = false;

  constructor({ view, subscribe, log, emptied }: RoomParts) {
    this.#view = view;
    this.#log = log;
    this.#emptied = emptied;
    this.#unsubscribe = subscribe(() => void this.#tell());
    this.#stopHeartbeat = after(HEARTBEAT_MS, () => this.#beat());
  }

  enter(response: ServerResponse, seen: string | null): void {
    const member: Member = { response, seen, shown: null };
    this.#members.add(member);
    response.on("close", () => this.#leave(member));
    if (this.#fresh === null) void this.#tell();
    else this.#send(member, this.#fresh);
  }

  /** Sends everybody away. */
  end(): void {
    for (const member of [...this.#members]) {
      member.response.end();
      this.#leave(member);
    }
  }

  #leave(member: Member): void {
    if (!this.#members.delete(member) || this.#members.size > 0) return;
    this.#unsubscribe();
    this.#stopHeartbeat();
    this.#spoil();
    this.#emptied();
  }

  /** Renders what is shown now, and sends it. Changes that come meanwhile are sent as one. */
  async #tell(): Promise<void> {
    this.#changed = true;
    this.#spoil();
    if (this.#rendering) return;
    this.#rendering = true;
    try {
      while (this.#changed && this.#members.size > 0) {
        this.#changed = false;
        const view = await this.#view();
        const rendering = { version: view.version, data: JSON.stringify(view) };
        if (!this.#changed) this.#keep(rendering);
        for (const member of [...this.#members]) this.#send(member, rendering);
      }
    } catch (error) {
      this.#log.warn({ err: error }, "a page's live updates broke off");
      this.end();
    } finally {
      this.#rendering = false;
    }
  }

  #keep(rendering: Rendering): void {
    this.#fresh = rendering;
    const cancel = after(FRESH_MS, () => this.#spoil());
    this.#spoil = () => {
      cancel();
      this.#fresh = null;
    };
  }

  #send(member: Member, { version, data }: Rendering): void {
    const isKnown = data === member.shown || (member.shown === null && String(version) === member.seen);
    member.shown = data;
    if (isKnown) return;
    if (member.response.writableLength > MOST_UNREAD) member.response.destroy();
    else member.response.write(`id: ${version}\ndata: ${data}\n\n`);
  }

  #beat(): void {
    for (const { response } of this.#members) response.write(":\n\n");
    this.#stopHeartbeat = after(HEARTBEAT_MS, () => this.#beat());
  }
}
