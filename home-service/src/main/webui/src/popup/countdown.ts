const STEP = 30_000;
const SHORT = 4_000;

/** Milliseconds left until an absolute deadline, never less than none. Both are of the server's clock. */
export function left(deadline: string, now: number): number {
  return Math.max(0, Date.parse(deadline) - now);
}

/** Minutes and seconds, rounded up: it says 0:00 only when the time is over. */
export function asClock(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The moments at which the time left is also spoken, in seconds. */
const SPOKEN = [60, 30, 10];

/** Which of the spoken moments lies between the two, if any: the last one that was passed. */
export function spokenBetween(before: number, after: number): number | null {
  const passed = SPOKEN.filter((seconds) => before > seconds * 1000 && after <= seconds * 1000);
  return passed.at(-1) ?? null;
}

/** Whether an authenticator's code is about to change: under 4 s of its 30 s are left. */
export function aboutToChange(now: number): boolean {
  return STEP - (((now % STEP) + STEP) % STEP) < SHORT;
}
