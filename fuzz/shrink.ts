import { placesIn, treeOf, written } from "./inputs/tree.ts";
import type { Asked, Input } from "./request.ts";
import { wholeInput } from "./surfaces/surface.ts";

/** So many smaller requests are tried for one that did what it should not. */
const MOST_TRIES = 150;

/**
 * The smallest request that still does it, as far as leaving out finds it.
 * @param doesIt sends one, and says whether it does the same
 */
export async function shrink(input: Input, doesIt: (input: Input) => Promise<boolean>): Promise<Input> {
  if (input.isMangled) return input;
  let smallest = input.asked;
  for (let tries = 0; tries < MOST_TRIES; ) {
    let isSmaller = false;
    for (const one of smallerThan(smallest)) {
      tries += 1;
      if (tries > MOST_TRIES) break;
      if (!(await doesIt(wholeInput(one)))) continue;
      smallest = one;
      isSmaller = true;
      break;
    }
    if (!isSmaller) break;
  }
  return wholeInput(smallest);
}

function* smallerThan(asked: Asked): Generator<Asked> {
  const { headers, target, body } = asked;
  if (body !== null) yield { ...asked, body: null };
  const [path = "", query] = target.split("?", 2);
  if (query !== undefined) yield { ...asked, target: path };
  for (const header of headers) yield { ...asked, headers: headers.filter((one) => one !== header) };
  for (const part of query?.split("&") ?? [])
    yield {
      ...asked,
      target: `${path}?${query
        ?.split("&")
        .filter((one) => one !== part)
        .join("&")}`,
    };
  if (body === null) return;
  for (const smaller of smallerBodies(body)) yield { ...asked, body: smaller };
}

/** With a member, an entry or half of a text less; what is no JSON, with half of it less. */
function* smallerBodies(body: Buffer): Generator<Buffer> {
  const value = parsed(body.toString("utf8"));
  if (value === undefined) {
    if (body.length < 2) return;
    yield body.subarray(0, body.length / 2);
    yield body.subarray(body.length / 2);
    return;
  }
  const count = placesIn(treeOf(value)).length;
  for (const change of ["remove", "halve"] as const) {
    for (let at = 0; at < Math.min(count, 60); at += 1) {
      const tree = treeOf(value);
      const place = placesIn(tree)[at];
      if (change === "remove") place?.remove();
      else if (place !== undefined && "text" in place.value && place.value.text.length > 1) {
        place.put({ text: place.value.text.slice(0, place.value.text.length / 2) });
      } else continue;
      yield Buffer.from(written(tree), "utf8");
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
