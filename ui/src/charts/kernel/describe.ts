/** What a chart says without a picture: a finding, a sentence, and the same data as a table. */
export type Description = {
  title: string;
  summary: string;
  columns: readonly string[];
  rows: readonly (readonly TwinCell[])[];
};

/** A figure of the table carries its address, or those it is added up from with spaces between, as figures on a page do. */
export type TwinCell = string | { readonly text: string; readonly address: string | undefined };

export const cellText = (cell: TwinCell): string => (typeof cell === 'string' ? cell : cell.text);
export const cellAddress = (cell: TwinCell): string | undefined =>
  typeof cell === 'string' ? undefined : cell.address;

/** Fields quoted where they must be; figures keep the reader's formatting. */
export function toCsv(description: Description): string {
  return [description.columns, ...description.rows]
    .map((row) =>
      row
        .map(cellText)
        .map((field) => (/[",\n;]/.test(field) ? `"${field.replace(/"/g, '""')}"` : field))
        .join(','),
    )
    .join('\r\n');
}
