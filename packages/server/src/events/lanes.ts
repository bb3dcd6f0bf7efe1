/**
 * So many events may be under way to one endpoint at most, over all processes, give or take those claimed at the same
 * moment.
 */
const MOST_TO_ONE_ENDPOINT = 32;

/**
 * Each endpoint has its share of deliveries, so that one that hangs keeps nobody but itself waiting, however many hang.
 * One that was ended has none, and one that asked to be spared none until then.
 */
export const lanes = {
  column: "endpoint_id",
  select: `
    select endpoint.id as lane, endpoint.held_until as opens, endpoint.share - (
        select count(*) from (
          select from caravela.delivery where delivery.endpoint_id = endpoint.id and delivery.leased_until >= now()
           order by delivery.leased_until limit ${MOST_TO_ONE_ENDPOINT}) as in_hand
      ) as room
      from caravela.event_endpoint as endpoint where endpoint.ended_at is null`,
};

/**
 * An endpoint gets one payment's events in their order: none is due while an earlier one is. Asked of each row by
 * itself, by `delivery_order`: as a join it would be made with all that is due, for the sake of a few.
 */
export const claimable = `(
    select true from caravela.delivery earlier
     where earlier.endpoint_id = delivery.endpoint_id and earlier.subject_id = delivery.subject_id
       and earlier.sequence < delivery.sequence and earlier.due_at is not null
     limit 1) is null`;

/**
 * What takes longer than this and gives no answer hangs, in milliseconds; what fails at once takes nothing from
 * anybody.
 */
const HANGS_AFTER_MS = 1_000;

/**
 * What a try means for the endpoint's share: it is halved where that hung, else it grows by one; null: it stays, for it
 * is at its bound.
 */
export function shareAfter(
  share: number,
  { status, ms }: { readonly status: number | null; readonly ms: number },
): "halved" | "grown" | null {
  if (status === null && ms >= HANGS_AFTER_MS) return share > 1 ? "halved" : null;
  return share < MOST_TO_ONE_ENDPOINT ? "grown" : null;
}
