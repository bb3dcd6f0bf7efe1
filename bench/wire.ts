import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * HTTP/1.1 to one address over connections that are kept, and nothing else: so light that on a machine of two cores it
 * is the server that is measured. Reads answers that state their length, as Fastify's do.
 */
export class Wire {
  readonly #host: string;
  readonly #port: number;
  readonly #idle: Connection[] = [];

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#host = hostname;
    this.#port = Number(port);
  }

  /** Sends a request and reads its answer. */
  async send(method: string, path: string, body = "", headers = ""): Promise<Answer> {
    const connection = this.#stillOpen() ?? (await Connection.to(this.#host, this.#port));
    const type = body === "" || headers.includes("Content-Type") ? "" : "Content-Type: application/json\r\n";
    const length = `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    const head = `${method} ${path} HTTP/1.1\r\nHost: ${this.#host}:${this.#port}\r\n${type}${headers}${length}\r\n`;
    const answer = await connection.exchange(head + body);
    this.#idle.push(connection);
    return answer;
  }

  /**
   * One that is idle, and that the server has not closed meanwhile: what is written to such a one is never answered.
   */
  #stillOpen(): Connection | undefined {
    for (;;) {
      const connection = this.#idle.pop();
      if (connection === undefined || connection.isOpen) return connection;
    }
  }

  /** The same with JSON both ways. @throws Error when the answer is no success. */
  async json<T>(method: string, path: string, body?: object, headers = ""): Promise<T> {
    const answer = await this.send(method, path, body === undefined ? "" : JSON.stringify(body), headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.slice(0, 300)}`);
    return JSON.parse(answer.body) as T;
  }

  /** Closes the connections that are idle. */
  close(): void {
    for (const connection of this.#idle.splice(0)) connection.close();
  }
}

/** One connection, one request at a time. */
class Connection {
  readonly #socket: Socket;
  #received = "";
  #waiting: Waiting | null = null;

  static async to(host: string, port: number): Promise<Connection> {
    const socket = connect({ host, port, noDelay: true });
    await once(socket, "connect");
    return new Connection(socket);
  }

  constructor(socket: Socket) {
    this.#socket = socket;
    // latin1 keeps one character for each byte, so that lengths can be compared
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => this.#take(chunk));
    socket.on("error", (error) => this.#waiting?.reject(error));
    socket.on("close", () => this.#waiting?.reject(new Error("the connection was closed")));
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  exchange(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: string): void {
    this.#received += chunk;
    const end = this.#received.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.#received.slice(0, end))?.[1] ?? 0);
    if (this.#received.length < end + 4 + length) return;
    const status = Number(this.#received.slice(9, 12));
    const body = Buffer.from(this.#received.slice(end + 4, end + 4 + length), "latin1").toString("utf8");
    this.#received = this.#received.slice(end + 4 + length);
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve({ status, body });
  }
}
