export type * from "./answers.ts";
export type * from "./api-types.generated.ts";
export type { List } from "./calls.ts";
export { Caravela } from "./caravela.ts";
export { CaravelaError, NoAnswerError, ProblemError, UnreadableAnswerError } from "./errors.ts";
export type { CallOptions, CaravelaOptions, ChangeOptions } from "./options.ts";
export {
  type CaravelaEvent,
  type Disbelief,
  type GivenHeaders,
  type PingEvent,
  type UnknownEvent,
  UnverifiedEventError,
  type VerifyOptions,
  verifyEvent,
} from "./verify.ts";
