import type { Whole } from "../answers.ts";
import type {
  ApiKey,
  CreateKeyInput,
  DaySum,
  EndTaskInput,
  Examination,
  ExportEventsQuery,
  ExportPaymentsQuery,
  ExportRefundsQuery,
  FailureCount,
  Health,
  ListAuditQuery,
  ListDaySumsQuery,
  ListFailureCountsQuery,
  ListKeysQuery,
  ListOperatorsQuery,
  ListReferenceSumsQuery,
  ListRequestsQuery,
  ListTasksQuery,
  Me,
  ReferenceSum,
  RollKeyInput,
  TaskDone,
} from "../api-types.generated.ts";
import { at, Resource } from "../calls.ts";
import type { CallOptions, ChangeOptions } from "../options.ts";

/** Tasks: what needs a person. */
export class Tasks extends Resource {
  /** What needs a person, or should be known to one. */
  list(query?: ListTasksQuery, options?: CallOptions) {
    return this.calls.list<"listTasks">("/v1/tasks", options, query);
  }

  /** Says that a task is done with, which does not end by itself. */
  done(task: string, input: EndTaskInput, options?: ChangeOptions): Promise<TaskDone> {
    return this.calls.post<"endTask">(`/v1/tasks/${at(task)}/done`, options, input);
  }
}

/** Summaries: what came of some days. */
export class Summaries extends Resource {
  /** What was taken, refunded and held, day by day. */
  days(query?: ListDaySumsQuery, options?: CallOptions): Promise<Whole<DaySum>> {
    return this.calls.get<"listDaySums">("/v1/summaries/days", options, query);
  }

  /** Why attempts to pay failed, the most frequent reason first. */
  failures(query?: ListFailureCountsQuery, options?: CallOptions): Promise<Whole<FailureCount>> {
    return this.calls.get<"listFailureCounts">("/v1/summaries/failures", options, query);
  }

  /** The references that are still to be paid, by the day on which they end. */
  references(query?: ListReferenceSumsQuery, options?: CallOptions): Promise<Whole<ReferenceSum>> {
    return this.calls.get<"listReferenceSums">("/v1/summaries/references", options, query);
  }
}

/** Exports: CSV files of all that a filter leaves, as texts. Give a long file a `timeoutMs` of its own. */
export class Exports extends Resource {
  /** Payments, a line each. */
  payments(query?: ExportPaymentsQuery, options?: CallOptions): Promise<string> {
    return this.calls.get<"exportPayments">("/v1/exports/payments.csv", options, query);
  }

  /** Refunds, a line each. */
  refunds(query?: ExportRefundsQuery, options?: CallOptions): Promise<string> {
    return this.calls.get<"exportRefunds">("/v1/exports/refunds.csv", options, query);
  }

  /** Events, a line each. */
  events(query?: ExportEventsQuery, options?: CallOptions): Promise<string> {
    return this.calls.get<"exportEvents">("/v1/exports/events.csv", options, query);
  }
}

/** API keys. */
export class Keys extends Resource {
  /** Makes a key. Keep its `secret`: it is told once. */
  create(input: CreateKeyInput, options?: ChangeOptions): Promise<ApiKey> {
    return this.calls.post<"createKey">("/v1/keys", options, input);
  }

  /** Keys, newest first, without their secrets. */
  list(query?: ListKeysQuery, options?: CallOptions) {
    return this.calls.list<"listKeys">("/v1/keys", options, query);
  }

  /** Gives a key another secret. The old one goes on for `overlapHours`. */
  roll(key: string, input?: RollKeyInput, options?: ChangeOptions): Promise<ApiKey> {
    return this.calls.post<"rollKey">(`/v1/keys/${at(key)}/roll`, options, input);
  }

  /** Revokes a key: it opens nothing any more. */
  revoke(key: string, options?: CallOptions): Promise<void> {
    return this.calls.delete<"revokeKey">(`/v1/keys/${at(key)}`, options);
  }
}

/** The server itself, and who may do what in it. */
export class Server extends Resource {
  /** Who you are, by your key, and what you may. */
  me(options?: CallOptions): Promise<Me> {
    return this.calls.get<"getMe">("/v1/me", options);
  }

  /** How SIBS answers, what is due, and what is not delivered. */
  health(options?: CallOptions): Promise<Health> {
    return this.calls.get<"getHealth">("/v1/health", options);
  }

  /** Has the server's settings checked against SIBS, its addresses and its database. */
  doctor(options?: CallOptions): Promise<Examination> {
    return this.calls.get<"getExamination">("/v1/doctor", options);
  }

  /** What was asked of the API in the last seven days, newest first. */
  requests(query?: ListRequestsQuery, options?: CallOptions) {
    return this.calls.list<"listRequests">("/v1/requests", options, query);
  }

  /** What people, keys and commands did, the last first. */
  audit(query?: ListAuditQuery, options?: CallOptions) {
    return this.calls.list<"listAudit">("/v1/audit", options, query);
  }

  /** Colleagues who work with the dashboard, newest first. */
  operators(query?: ListOperatorsQuery, options?: CallOptions) {
    return this.calls.list<"listOperators">("/v1/operators", options, query);
  }
}
