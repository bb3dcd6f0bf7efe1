import { type FieldError, httpProblems, Problem } from "@caravela/platform/problems";

type Readers = Readonly<Record<string, () => unknown>>;

/**
 * Reads the parts of a request, and tells all that is wrong with them at once.
 * @throws Problem with the faults of every part.
 */
export function readParts<R extends Readers>(readers: R): { readonly [Part in keyof R]: ReturnType<R[Part]> } {
  const problems: Problem[] = [];
  const read = Object.entries(readers).map(([part, reader]) => {
    try {
      return [part, reader()];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems.push(error);
      return [part, undefined];
    }
  });
  if (problems.length > 0) throw together(problems);
  return Object.fromEntries(read) as { readonly [Part in keyof R]: ReturnType<R[Part]> };
}

/** What is wrong in shape comes first: it is 400 then, as the schemas' own faults are. */
function together(problems: readonly Problem[]): Problem {
  const [first] = problems;
  if (first !== undefined && problems.length === 1) return first;
  const errors: FieldError[] = problems.flatMap((one) => one.errors);
  if (first === undefined || problems.some(({ status }) => status === 400)) return httpProblems.invalidRequest(errors);
  const { code, status, title } = first;
  return new Problem({ code, status, title, detail: problems.map(({ message }) => message).join(" "), errors });
}
