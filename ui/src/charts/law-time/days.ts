const DAY = 86_400_000;

/** Days since 1970 of a calendar day such as 2027-03-01. */
export function dayOrdinal(text: string): number {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
}

export function dayFromOrdinal(ordinal: number): string {
  return new Date(Math.round(ordinal) * DAY).toISOString().slice(0, 10);
}
