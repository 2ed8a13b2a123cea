/** What a carrier's owner has decided about it. */
export interface CarrierPolicy {
  readonly carrierId: number;
  /** Whether it tells deliveries; without, `sent` is the end. */
  readonly reports: boolean;
  /** How long after its acceptance a hand-over is first asked for its report; null, or left out, when it never is. */
  readonly askAfterMs?: number | null;
  /** What happens to a hand-over without an answer: kept as `unknown`, or sent again. */
  readonly uncertain: 'hold' | 'resend';
  /** Whether a message that was taken and then reported failed is refunded. */
  readonly refundFailed: boolean;
}
