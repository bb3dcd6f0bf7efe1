/**
 * A JSON that need not be one that JavaScript can hold: numbers as they are written, members that stand twice, names
 * such as `__proto__`.
 */
export type Tree =
  | { readonly text: string }
  /** Anything else, to the letter: a number, `true`, `null`, or what is no JSON. */
  | { readonly raw: string }
  | { readonly list: Tree[] }
  | { readonly members: [name: string, value: Tree][] };

/** A value as a tree. */
export function treeOf(value: unknown): Tree {
  if (typeof value === "string") return { text: value };
  if (Array.isArray(value)) return { list: value.map(treeOf) };
  if (typeof value === "object" && value !== null) {
    const defined = Object.entries(value).filter(([, one]) => one !== undefined);
    return { members: defined.map(([name, one]) => [name, treeOf(one)]) };
  }
  return { raw: JSON.stringify(value) ?? "null" };
}

/** Writes it down. */
export function written(tree: Tree): string {
  if ("raw" in tree) return tree.raw;
  if ("text" in tree) return JSON.stringify(tree.text);
  if ("list" in tree) return `[${tree.list.map(written).join(",")}]`;
  return `{${tree.members.map(([name, value]) => `${JSON.stringify(name)}:${written(value)}`).join(",")}}`;
}

/** Where something stands in a tree, and how another is put there. */
export interface Place {
  readonly path: readonly (string | number)[];
  readonly value: Tree;
  put(value: Tree): void;
  /** Takes it out of what it stands in. */
  remove(): void;
}

/** Every place in a tree but the root, parents before children. */
export function placesIn(tree: Tree, path: readonly (string | number)[] = []): Place[] {
  if ("list" in tree) {
    return tree.list.flatMap((value, at) => [
      {
        path: [...path, at],
        value,
        put: (other: Tree) => void tree.list.splice(at, 1, other),
        remove: () => void tree.list.splice(at, 1),
      },
      ...placesIn(value, [...path, at]),
    ]);
  }
  if (!("members" in tree)) return [];
  return tree.members.flatMap((member) => {
    const [name, value] = member;
    const place = {
      path: [...path, name],
      value,
      put: (other: Tree) => {
        member[1] = other;
      },
      remove: () => void tree.members.splice(tree.members.indexOf(member), 1),
    };
    return [place, ...placesIn(value, place.path)];
  });
}

export function copyOf(tree: Tree): Tree {
  return structuredClone(tree);
}
