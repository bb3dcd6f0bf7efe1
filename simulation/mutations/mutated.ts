/** A mistake of one line, as it is met in others' code, or as it could be made in ours. */
export interface Mutation {
  /** In plain words. */
  readonly name: string;
  /** Which it is put into, from the repository's root. */
  readonly file: string;
  /** Stands once in that file. */
  readonly before: string;
  readonly after: string;
}

/** The source of a mutation's file with the mistake in it. @throws Error when it does not stand there once */
export function mutated(source: string, { name, file, before, after }: Mutation): string {
  const parts = source.split(before);
  const [first, second] = parts;
  if (first === undefined || second === undefined || parts.length !== 2)
    throw new Error(`"${name}": its text stands ${parts.length - 1} times in ${file}, and not once`);
  return first + after + second;
}
