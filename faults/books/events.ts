import type { Violation } from "../../tests/books/books.ts";
import type { Told } from "../town/shops.ts";
import type { Books } from "./read.ts";

/** Something that shops are told of: how often, and how it stands at the end. */
interface Subject {
  readonly id: string;
  readonly sequence: number;
  /** Null: of an authorised payment no more is compared. */
  readonly stands: Pick<Told, "status" | "amountCaptured" | "amountRefunded"> | null;
}

/**
 * Whether each shop was told all of it, each event for the first time after those before it, and knows at the end what
 * is so. What comes again may come late: a server that stood still sends what another has sent meanwhile.
 */
export function eventsOf({ payments, mandates, shops }: Books): Violation[] {
  const subjects: Subject[] = [
    ...payments.map(({ id, sequence, status, amountCaptured, amountRefunded }) => ({
      id,
      sequence,
      stands: { status, amountCaptured, amountRefunded },
    })),
    ...mandates.map(({ id, sequence }) => ({ id, sequence, stands: null })),
  ];
  return shops.flatMap((told, place) => {
    const bySubject = Map.groupBy(told, ({ subject }) => subject);
    return subjects.flatMap((subject) => ofSubject(subject, bySubject.get(subject.id) ?? [], place + 1));
  });
}

function ofSubject({ id, sequence, stands }: Subject, told: readonly Told[], shop: number): Violation[] {
  const first = firstOfEach(told);
  const sequences = first.map((one) => one.sequence);
  const whole = Array.from({ length: sequence }, (_, place) => place + 1);
  if (sequences.join() !== whole.join()) {
    const says = `shop ${shop} was told ${sequences.join(", ") || "nothing"} of ${sequence} events`;
    return [{ kind: "other", subject: id, says }];
  }
  const last = first.at(-1);
  if (stands === null || last === undefined) return [];
  const known = [last.status, last.amountCaptured, last.amountRefunded].join();
  const so = [stands.status, stands.amountCaptured, stands.amountRefunded].join();
  return known === so
    ? []
    : [{ kind: "loss", subject: id, says: `shop ${shop} holds it for ${known}, and it is ${so}` }];
}

function firstOfEach(told: readonly Told[]): Told[] {
  return [...new Map(told.toReversed().map((one) => [one.id, one])).values()].toSorted(
    (one, other) => told.indexOf(one) - told.indexOf(other),
  );
}
