import { expect, it } from "vitest";
import { readAnswer } from "./wire.ts";

const read = (text: string, isOfHead = false) => {
  const answer = readAnswer(Buffer.from(text, "latin1"), isOfHead);
  return answer === null ? null : [answer.status, answer.body.toString("utf8"), answer.length === text.length];
};

it.each([
  ["of a length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", [200, "hi", true]],
  [
    "in chunks",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n1\r\n!\r\n0\r\n\r\n",
    [200, "hi!", true],
  ],
  ["of nothing", "HTTP/1.1 204 No Content\r\n\r\n", [204, "", true]],
  ["behind one that says to go on", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", [204, "", true]],
  ["that has no end", "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata", [200, "", false]],
  ["before another", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n", [400, "", false]],
  ["whose head is not all there", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", null],
  ["whose body is not all there", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi", null],
  ["whose chunks are not all there", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n", null],
])("reads an answer %s", (_what, text, expected) => {
  expect(read(text)).toEqual(expected);
});

it("reads an answer to HEAD, whose length is that of another", () => {
  expect(read("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n", true)).toEqual([200, "", true]);
});
