/** What a chart says without a picture: a finding, a sentence, and the same data as a table. */
export type Description = {
  title: string;
  summary: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
};

/** Fields quoted where they must be; figures keep the reader's formatting. */
export function toCsv(description: Description): string {
  return [description.columns, ...description.rows]
    .map((row) =>
      row.map((field) => (/[",\n;]/.test(field) ? `"${field.replace(/"/g, '""')}"` : field)).join(','),
    )
    .join('\r\n');
}
