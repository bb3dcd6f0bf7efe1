import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Ends a server's connections as soon as nothing on them is in hand, once the returned function is called. Node's own
 * `close` waits for those that a browser opened ahead and never used, and for those kept alive after an answer that was
 * still being made: a minute and more.
 */
export function closeWhenDone(server: Server): () => void {
  const open = new Set<Socket>();
  const busy = new Set<Socket>();
  let closing = false;
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    busy.add(socket);
    response.on("close", () => {
      busy.delete(socket);
      if (closing) socket.end();
    });
  });
  return () => {
    closing = true;
    for (const socket of open) if (!busy.has(socket)) socket.destroy();
  };
}
