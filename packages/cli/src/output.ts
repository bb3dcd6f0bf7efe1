import { faultOf, tell } from "./fault.ts";

/** How a command tells what came of it: in lines for people, or as JSON for programs. */
export interface Output {
  /** What came of it, once: lines, or one JSON value. */
  result(value: object, lines: string | readonly string[]): void;
  /** One of many, as they come: a line, or a line of JSON. */
  item(value: object, line: string): void;
  /** What people may want to know meanwhile, and programs do not. */
  note(text: string): void;
  /** What went wrong. */
  fault(error: unknown): void;
}

/** For people. */
export const PEOPLE: Output = {
  result: (_value, lines) => console.log(typeof lines === "string" ? lines : lines.join("\n")),
  item: (_value, line) => console.log(line),
  note: (text) => console.log(text),
  fault: (error) => console.error(tell(error)),
};

/** For programs. */
export const PROGRAMS: Output = {
  result: (value) => console.log(JSON.stringify(value)),
  item: (value) => console.log(JSON.stringify(value)),
  note: (text) => console.error(text),
  fault: (error) => console.error(JSON.stringify(faultOf(tell(error), error))),
};
