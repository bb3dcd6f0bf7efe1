/** Why a program cannot start: one line that says what is wrong and what to do, meant to be shown without a stack. */
export class CannotStart extends Error {
  override name = "CannotStart";
}
