import type {
  ChangePlanAmountInput,
  CreateMandateInput,
  CreatePlanInput,
  Erased,
  Journal,
  ListMandatesQuery,
  ListPlansOfMandateQuery,
  ListPlansQuery,
  ListTokensQuery,
  Mandate,
  Plan,
  SkipChargeInput,
} from "../api-types.generated.ts";
import { at, Resource } from "../calls.ts";
import type { CallOptions, ChangeOptions } from "../options.ts";

/** Mandates: customers' standing consents to be charged, the authorised payments by MB WAY. */
export class Mandates extends Resource {
  /** Asks a customer for their consent: their phone asks them. Send them to its `authorizeUrl` meanwhile. */
  create(input: CreateMandateInput, options?: ChangeOptions): Promise<Mandate> {
    return this.calls.post<"createMandate">("/v1/mandates", options, input);
  }

  /** The mandate as it stands now. */
  retrieve(mandate: string, options?: CallOptions): Promise<Mandate> {
    return this.calls.get<"getMandate">(`/v1/mandates/${at(mandate)}`, options);
  }

  /** Mandates, newest first, filtered and searched. */
  list(query?: ListMandatesQuery, options?: CallOptions) {
    return this.calls.list<"listMandates">("/v1/mandates", options, query);
  }

  /** Ends a mandate, and with it every plan: nothing is charged by it any more. */
  cancel(mandate: string, options?: ChangeOptions): Promise<Mandate> {
    return this.calls.post<"cancelMandate">(`/v1/mandates/${at(mandate)}/cancel`, options);
  }

  /** All that happened to a mandate and its plans, in order, in words. */
  journal(mandate: string, options?: CallOptions): Promise<Journal> {
    return this.calls.get<"getMandateJournal">(`/v1/mandates/${at(mandate)}/journal`, options);
  }

  /** The plans that charge a mandate, newest first. */
  plans(mandate: string, query?: ListPlansOfMandateQuery, options?: CallOptions) {
    return this.calls.list<"listPlansOfMandate">(`/v1/mandates/${at(mandate)}/plans`, options, query);
  }
}

/** Plans: schedules by which the payments server charges mandates. */
export class Plans extends Resource {
  /** Charges a mandate from now on, once for each period. Until the customer has consented, it waits. */
  create(mandate: string, input: CreatePlanInput, options?: ChangeOptions): Promise<Plan> {
    return this.calls.post<"createPlan">(`/v1/mandates/${at(mandate)}/plans`, options, input);
  }

  /** The plan as it stands now. */
  retrieve(plan: string, options?: CallOptions): Promise<Plan> {
    return this.calls.get<"getPlan">(`/v1/plans/${at(plan)}`, options);
  }

  /** Plans, newest first, filtered and searched. */
  list(query?: ListPlansQuery, options?: CallOptions) {
    return this.calls.list<"listPlans">("/v1/plans", options, query);
  }

  /** Charges another `amount`, from the first charge on that is not announced yet. */
  changeAmount(plan: string, input: ChangePlanAmountInput, options?: ChangeOptions): Promise<Plan> {
    return this.calls.post<"changePlanAmount">(`/v1/plans/${at(plan)}/amount`, options, input);
  }

  /** Leaves the next charge out; with a `period`, only if that is the next. */
  skip(plan: string, input?: SkipChargeInput, options?: ChangeOptions): Promise<Plan> {
    return this.calls.post<"skipCharge">(`/v1/plans/${at(plan)}/skip`, options, input);
  }

  /** Charges nothing until the plan is resumed. */
  pause(plan: string, options?: ChangeOptions): Promise<Plan> {
    return this.calls.post<"pausePlan">(`/v1/plans/${at(plan)}/pause`, options);
  }

  /** Lets a paused plan go on with its next date. */
  resume(plan: string, options?: ChangeOptions): Promise<Plan> {
    return this.calls.post<"resumePlan">(`/v1/plans/${at(plan)}/resume`, options);
  }

  /** Ends a plan. */
  cancel(plan: string, options?: ChangeOptions): Promise<Plan> {
    return this.calls.post<"cancelPlan">(`/v1/plans/${at(plan)}/cancel`, options);
  }
}

/** Tokens: customers' saved cards. */
export class Tokens extends Resource {
  /** The saved cards of a customer, newest first. */
  list(query: ListTokensQuery, options?: CallOptions) {
    return this.calls.list<"listTokens">("/v1/tokens", options, query);
  }

  /** Forgets a saved card. */
  delete(token: string, options?: CallOptions): Promise<void> {
    return this.calls.delete<"deleteToken">(`/v1/tokens/${at(token)}`, options);
  }
}

/** Customers, by your own ids of them. */
export class Customers extends Resource {
  /** Erases all that is known of a customer, where nothing of theirs is still under way. */
  erase(customer: string, options?: ChangeOptions): Promise<Erased> {
    return this.calls.post<"eraseCustomer">(`/v1/customers/${at(customer)}/erase`, options);
  }
}
