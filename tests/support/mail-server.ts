import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A mail as a mail server got it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly headers: string;
  /** Decoded. */
  readonly text: string;
}

/** A mail server that takes what it is sent, and keeps it. */
export interface MailServer {
  readonly port: number;
  readonly mails: ReceivedMail[];
  /** Whether it takes any. */
  takes: boolean;
  close(): Promise<void>;
}

/** Opens a mail server on this machine, which speaks as much of SMTP as is needed to be sent a mail. */
export async function openMailServer(): Promise<MailServer> {
  const sockets = new Set<Socket>();
  const server: MailServer = {
    port: 0,
    mails: [],
    takes: true,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, "close");
    },
  };
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    speak(socket, server);
  }).listen(0, "127.0.0.1");
  await once(listener, "listening");
  return Object.assign(server, { port: (listener.address() as AddressInfo).port });
}

function speak(socket: Socket, server: MailServer): void {
  const say = (line: string) => void socket.write(`${line}\r\n`);
  const addressIn = (line: string) => /<(.*)>/.exec(line)?.[1] ?? "";
  let [heard, from, to, isMail] = ["", "", [] as string[], false];
  say("220 mail.example.pt");
  socket.setEncoding("utf8").on("data", (part: string) => {
    heard += part;
    for (;;) {
      const end = isMail ? "\r\n.\r\n" : "\r\n";
      const at = heard.indexOf(end);
      if (at < 0) return;
      const said = heard.slice(0, at);
      heard = heard.slice(at + end.length);
      if (isMail) {
        server.mails.push({ from, to, ...read(said) });
        [isMail, to] = [false, []];
        say("250 taken");
      } else if (/^MAIL/i.test(said)) {
        from = addressIn(said);
        say(server.takes ? "250 ok" : "451 not now");
      } else if (/^RCPT/i.test(said)) {
        to.push(addressIn(said));
        say("250 ok");
      } else if (/^DATA/i.test(said)) {
        isMail = true;
        say("354 go on");
      } else if (/^QUIT/i.test(said)) {
        say("221 bye");
        socket.end();
      } else say("250 ok");
    }
  });
}

function read(said: string): Pick<ReceivedMail, "headers" | "text"> {
  const [headers = "", ...body] = said.split("\r\n\r\n");
  const text = body.join("\r\n\r\n").replaceAll(/=\r\n/g, "");
  const bytes = text.replaceAll(/=([0-9A-F]{2})/g, (_all, byte: string) =>
    String.fromCharCode(Number.parseInt(byte, 16)),
  );
  const isQuoted = /quoted-printable/i.test(headers);
  return { headers, text: isQuoted ? Buffer.from(bytes, "latin1").toString("utf8") : body.join("\r\n\r\n") };
}
