const dayMs = 86_400_000;

/** The local day so many days before the one of `now`, as in `2027-01-31`. */
export function dayBefore(now: number, back: number): string {
  const at = new Date(now);
  const noon = new Date(at.getFullYear(), at.getMonth(), at.getDate() - back, 12);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${noon.getFullYear()}-${two(noon.getMonth() + 1)}-${two(noon.getDate())}`;
}

/** How many days before today it is; 0 for today, what is to come, and what is no day. */
export function daysBack(now: number, day: string | undefined): number {
  if (day === undefined) return 0;
  const [from, to] = [Date.parse(`${day}T00:00:00Z`), Date.parse(`${dayBefore(now, 0)}T00:00:00Z`)];
  const days = Math.round((to - from) / dayMs);
  return days > 0 ? Math.min(days, 99) : 0;
}

/** Minutes this browser's clock is ahead of UTC. */
export const clockOffset = (now: number): number => -new Date(now).getTimezoneOffset();
