import type { Dice } from "../dice.ts";
import { type Asked, asHeaderText } from "../request.ts";
import type { Values } from "./values.ts";

const METHODS = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "PROPFIND",
  "QUERY",
  "get",
  "FOO",
];
// biome-ignore format: a table
const TYPES = [
  "application/json", "application/json; charset=utf-8", "application/json; charset=utf-16", "application/json; charset=x",
  "application/JSON", "application/json;", "text/plain", "text/html", "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x", "multipart/form-data", "application/octet-stream", "application/merge-patch+json",
  ";;;", "", "*/*", "application/json, text/plain", "application/problem+json", "application/xml",
];
const ENCODINGS = ["gzip", "br", "deflate", "identity", "zstd", "x", "gzip, gzip", ""];

type Header = readonly [name: string, value: string];

/** Headers that have a meaning, with values that have none, or that mean something nobody meant. */
function strangeHeader(dice: Dice, values: Values): Header {
  const text = () => oneLine(values.text());
  return dice.pick<() => Header>([
    () => ["content-type", dice.pick(TYPES)],
    () => ["content-encoding", dice.pick(ENCODINGS)],
    () => ["accept-encoding", dice.pick([...ENCODINGS, "gzip;q=0", "*;q=0", "br;q=1.5, gzip;q=x"])],
    () => ["accept", dice.pick(["*/*", "application/json", "text/html", "text/html;q=0", "x", "", ";;"])],
    () => ["accept-language", dice.pick(["pt-PT,en;q=0.5", "es", "fr;q=x", "*", "x".repeat(500), ",,,,", "en;q=9e99"])],
    () => ["idempotency-key", dice.pick([text(), "", "x", "x".repeat(255), "x".repeat(256), "a key", "\u007f"])],
    () => [
      "authorization",
      dice.pick(["", "Bearer", "Bearer ", "Basic eA==", "Bearer null", "Digest x", `Bearer ${text()}`]),
    ],
    () => [
      "cookie",
      dice.pick(["__Host-caravela=", "__Host-caravela=x; __Host-caravela=y", "=", ";;;", 'a="', text(), "lang=%"]),
    ],
    () => ["host", dice.pick(["", "evil.example", "127.0.0.1:3000:1", "[::1", "a b", "xn--", "127.0.0.1", "@", "%00"])],
    () => ["origin", dice.pick(["null", "", "http://evil.example", "http://", "http://127.0.0.1:3000", "x"])],
    () => ["sec-fetch-site", dice.pick(["same-origin", "cross-site", "none", "same-site", "", "x"])],
    () => [
      "x-forwarded-for",
      dice.pick(["", "x", "::", "1.2.3.4, 5.6.7.8", "999.1.1.1", "1.2.3.4:99", text(), ",".repeat(100)]),
    ],
    () => ["x-forwarded-proto", dice.pick(["https", "x", "https, http", ""])],
    () => ["x-forwarded-host", dice.pick(["evil.example", "", "a b"])],
    () => ["x-http-method-override", "DELETE"],
    () => ["last-event-id", dice.pick(["", "-1", "1e99", text()])],
    () => ["if-none-match", dice.pick(["*", '"x"', text()])],
    () => ["if-modified-since", values.moment()],
    () => [
      "range",
      dice.pick(["bytes=0-", "bytes=-1", "bytes=5-1", "bytes=0-0,1-1", "x", "bytes=0-99999999999999999999"]),
    ],
    () => ["expect", dice.pick(["100-continue", "x", ""])],
    () => ["te", "trailers"],
    () => ["upgrade", dice.pick(["websocket", "h2c", "x"])],
    () => ["x-request-id", text()],
    () => ["user-agent", text()],
    () => ["referer", text()],
    () => ["x-ibm-client-id", text()],
    () => ["mbway-id", dice.pick([text(), "351#919999999", "#", "351#"])],
    () => ["x-initialization-vector", text()],
    () => ["x-authentication-tag", text()],
    () => [dice.pick(["x-a", "__proto__", "constructor", "x"]), text()],
  ])();
}

/** A request with a header or three that are not as they should be. */
export function strangeHeaders(asked: Asked, dice: Dice, values: Values): Asked {
  const strange = Array.from({ length: dice.between(1, 3) }, () => strangeHeader(dice, values));
  const names = strange.map(([name]) => name);
  const isTwice = dice.happens(0.25);
  const kept = asked.headers.filter(([name]) => isTwice || !names.includes(name.toLowerCase()));
  return {
    ...asked,
    headers: [...kept, ...strange],
    story: `${asked.story}, header ${names.join(", ")}${isTwice ? " (twice)" : ""}`,
  };
}

/** A request by another method. */
export function strangeMethod(asked: Asked, dice: Dice): Asked {
  const method = dice.pick(METHODS);
  return { ...asked, method, story: `${asked.story}, by ${method}` };
}

/** A request to an address that is not quite one. */
export function strangeTarget(asked: Asked, dice: Dice, values: Values): Asked {
  const [path = "", query] = asked.target.split("?", 2);
  const parts = path.split("/");
  const at = dice.between(1, Math.max(1, parts.length - 1));
  const replaced = (part: string) => parts.map((one, place) => (place === at ? part : one)).join("/");
  const changed = dice.pick([
    () => replaced(encoded(values.text())),
    () =>
      replaced(
        dice.pick(["..", ".", "%2e%2e", "%", "%zz", "%00", "%ff%fe", "%c0%af", "*", ":id", "{id}", "", "%F0%9F%A6%86"]),
      ),
    () => `/${path}`,
    () => `${path}/`,
    () => path.toUpperCase(),
    () => `${path}%20`,
    () => `${path};x=y`,
    () => `${path}#x`,
    () => `http://evil.example${path}`,
    () => path.slice(1),
    () => "*",
    () => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    () => `${path}/${"x".repeat(dice.pick([100, 1_000, 8_100, 8_300, 33_000]))}`,
    () => `${path}/..%2f..%2fetc%2fpasswd`,
    () => path.replaceAll("/", "\\"),
  ])();
  return {
    ...asked,
    target: query === undefined ? changed : `${changed}?${query}`,
    story: `${asked.story}, at another address`,
  };
}

/** A query with parameters that are not known, stand twice, are empty, or hold anything. */
export function strangeQuery(asked: Asked, names: readonly string[], dice: Dice, values: Values): Asked {
  const [path = ""] = asked.target.split("?", 1);
  const known = names.length === 0 ? ["limit", "after", "q"] : names;
  const parameters = Array.from({ length: dice.between(1, 3) }, () => {
    const name = dice.happens(0.85) ? dice.pick(known) : values.name();
    const value = dice.weighed<() => string>([
      [4, () => encoded(values.text())],
      [2, () => encoded(values.moment())],
      [2, () => String(dice.pick([0, 1, -1, 20, 100, 101, 1e9, 99_999_999, 100_000_000]))],
      [1, () => dice.pick(["", "%", "%ff", "%00", "a,b,,", "true", "+", "%20", "a&b", "[]"])],
      [
        1,
        () => dice.pick(["paid", "open", "open,paid", "mbway", "created", "2026-11-28", "pt", "c9", "52221", "600001"]),
      ],
    ])();
    return `${dice.happens(0.9) ? encoded(name) : name.replace(/[^\w]/g, "[")}=${value}`;
  });
  const all = dice.happens(0.1) ? [...parameters, ...parameters] : parameters;
  return {
    ...asked,
    target: `${path}?${all.join("&")}`,
    story: `${asked.story}, asking for ${known.length} parameters`,
  };
}

/** Percent-encoded, halves of surrogate pairs included. */
export function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** What a line of a head can hold of it. */
export function oneLine(text: string): string {
  return asHeaderText(text.toWellFormed())
    .replace(/[\r\n\0]/g, " ")
    .slice(0, 2_000);
}
