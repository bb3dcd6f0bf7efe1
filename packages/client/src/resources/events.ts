import type {
  CreateEventEndpointInput,
  Event,
  EventEndpoint,
  EventWithDeliveries,
  ListEventEndpointsQuery,
  ListEventsQuery,
  Pinged,
  ResendEventsInput,
  ResentEvents,
} from "../api-types.generated.ts";
import { at, type List, Resource } from "../calls.ts";
import type { CallOptions, ChangeOptions } from "../options.ts";
import { type CaravelaEvent, verifyEvent } from "../verify.ts";

/** An event as the API tells of it: what was sent, told apart by its `type`, and how it stands. */
type Told<Listed extends Event | EventWithDeliveries> = CaravelaEvent & Omit<Listed, keyof CaravelaEvent>;

/** Events: what the shop is told. */
export class Events extends Resource {
  /**
   * Verifies that what was posted to you is an event of your payments server, and gives it: tell it apart by its
   * `type`. Nothing is asked of the server.
   *
   * @example const event = await caravela.events.verify(await request.text(), request.headers, secret);
   */
  readonly verify = verifyEvent;

  /** Events, newest first, filtered and searched. */
  list(query?: ListEventsQuery, options?: CallOptions): List<Told<Event>> {
    return this.calls.list<"listEvents">("/v1/events", options, query) as List<Told<Event>>;
  }

  /** An event, where it goes, and every try to deliver it. */
  retrieve(event: string, options?: CallOptions): Promise<Told<EventWithDeliveries>> {
    return this.calls.get<"getEvent">(`/v1/events/${at(event)}`, options) as Promise<Told<EventWithDeliveries>>;
  }

  /** Sends an event again, to every endpoint that wants its type. */
  resend(event: string, options?: ChangeOptions): Promise<Told<EventWithDeliveries>> {
    return this.calls.post<"resendEvent">(`/v1/events/${at(event)}/resend`, options) as Promise<
      Told<EventWithDeliveries>
    >;
  }

  /** Sends all events again that a filter leaves, as when the shop was away. */
  resendAll(input: ResendEventsInput, options?: ChangeOptions): Promise<ResentEvents> {
    return this.calls.post<"resendEvents">("/v1/events/resend", options, input);
  }
}

/** Endpoints: where events are sent. */
export class Endpoints extends Resource {
  /** Says where events are sent. Keep the `secret`: it is told once. An address that is known already is changed. */
  create(input: CreateEventEndpointInput, options?: ChangeOptions): Promise<EventEndpoint> {
    return this.calls.post<"createEventEndpoint">("/v1/event-endpoints", options, input);
  }

  /** Endpoints, newest first. */
  list(query?: ListEventEndpointsQuery, options?: CallOptions) {
    return this.calls.list<"listEventEndpoints">("/v1/event-endpoints", options, query);
  }

  /** Sends no more events there. */
  delete(endpoint: string, options?: CallOptions): Promise<void> {
    return this.calls.delete<"deleteEventEndpoint">(`/v1/event-endpoints/${at(endpoint)}`, options);
  }

  /** Sends it one event that tells of nothing, `endpoint.ping`, and says how it took it. */
  ping(endpoint: string, options?: ChangeOptions): Promise<Pinged> {
    return this.calls.post<"pingEventEndpoint">(`/v1/event-endpoints/${at(endpoint)}/ping`, options);
  }
}
