import type { ComponentChildren } from "preact";

/** One way to pay, as a line of the list with its form below. */
export interface Way {
  /** Tells it from the others; a form's own `to` where one form is all there is. */
  id: string;
  /** A neutral sign: the owners of the marks let nobody draw them anew. */
  sign: ComponentChildren;
  name: string;
  /** What it is like, or whose it is, in a few words. */
  hint: string;
  form: ComponentChildren;
}
