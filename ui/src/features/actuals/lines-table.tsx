import { useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import type { RevenueSource } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { CURRENCIES } from '../projects/terms.ts';
import { AmountCell } from './amount-cell.tsx';
import { blankLine, DEDUCTIONS, type DeductionKind, type LineDraft, USUAL } from './draft.ts';

type Props = {
  lines: readonly LineDraft[];
  sources: readonly RevenueSource[];
  currency: string;
  /** Keys of lines with the field that cannot be kept. */
  wrong: ReadonlyMap<string, string>;
  onLines: (lines: readonly LineDraft[]) => void;
};

type Field = 'gross' | DeductionKind | 'amount' | 'rate' | 'units';

/** What each source brought, typed like a spreadsheet: gross, what was taken off, what reached the account. */
export function LinesTable({ lines, sources, currency, wrong, onLines }: Props) {
  const { t } = useText();
  const used = DEDUCTIONS.filter((kind) => lines.some((line) => line.deductions[kind]));
  const [asked, setAsked] = useState<readonly DeductionKind[]>(USUAL);
  const kinds = DEDUCTIONS.filter((kind) => used.includes(kind) || asked.includes(kind));
  const isForeign = lines.some((line) => line.currency !== currency);
  const fields: Field[] = ['gross', ...kinds, 'amount', ...(isForeign ? (['rate'] as const) : []), 'units'];
  const change = (at: number, next: LineDraft) =>
    onLines(lines.map((line, index) => (index === at ? next : line)));
  const block = (row: number, column: number, cells: readonly (readonly string[])[]) =>
    onLines(
      lines.map((line, at) => {
        const typed = cells[at - row];
        if (!typed) return line;
        return typed.reduce((now, text, step) => {
          const field = fields[column + step];
          return field ? withField(now, field, text.trim()) : now;
        }, line);
      }),
    );
  const free = sources.filter((source) => !lines.some((line) => line.source === source.id));
  const head = (field: Field) =>
    field === 'gross' || field === 'amount' || field === 'rate' || field === 'units'
      ? t(`actuals.form.${field}`)
      : t(`actuals.deduction.${field}`);
  return (
    <div className="actuals-lines">
      <TableRegion label={t('actuals.form.lines')}>
        <thead>
          <tr>
            <th scope="col">{t('actuals.source')}</th>
            <th scope="col">{t('actuals.form.currency')}</th>
            {fields.map((field) => (
              <th key={field} scope="col" className="num">
                {head(field)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {lines.map((line, row) => {
            const name = sources.find((source) => source.id === line.source)?.label ?? line.source;
            return (
              <tr key={line.key}>
                <th scope="row" className="text">
                  {name}
                </th>
                <td>
                  <select
                    className="input actuals-currency"
                    aria-label={t('actuals.form.currency.of', { source: name })}
                    value={line.currency}
                    onChange={(event) => change(row, { ...line, currency: event.target.value })}
                  >
                    {[...new Set([line.currency, currency, ...CURRENCIES])].map((code) => (
                      <option key={code}>{code}</option>
                    ))}
                  </select>
                </td>
                {fields.map((field, column) => (
                  <td key={field} className="num">
                    {field === 'rate' && line.currency === currency ? null : (
                      <AmountCell
                        label={t('actuals.form.cell', { field: head(field), source: name })}
                        value={fieldOf(line, field)}
                        currency={field === 'rate' || field === 'units' ? '' : line.currency}
                        place={{ row, column }}
                        isWrong={wrong.get(line.key) === field}
                        onChange={(text) => change(row, withField(line, field, text))}
                        onBlock={(cells) => block(row, column, cells)}
                      />
                    )}
                  </td>
                ))}
                <td>
                  <IconButton
                    icon="close"
                    label={t('actuals.form.remove', { source: name })}
                    onClick={() => onLines(lines.filter((_, at) => at !== row))}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </TableRegion>
      <div className="actuals-add">
        {free.length > 0 ? (
          <select
            className="input"
            aria-label={t('actuals.form.add_source')}
            value=""
            onChange={(event) =>
              onLines([...lines, blankLine(`new-${event.target.value}`, event.target.value, currency)])
            }
          >
            <option value="">{t('actuals.form.add_source')}</option>
            {free.map((source) => (
              <option key={source.id} value={source.id}>
                {source.label}
              </option>
            ))}
          </select>
        ) : null}
        <select
          className="input"
          aria-label={t('actuals.form.add_deduction')}
          value=""
          onChange={(event) => setAsked([...asked, event.target.value as DeductionKind])}
        >
          <option value="">{t('actuals.form.add_deduction')}</option>
          {DEDUCTIONS.filter((kind) => !kinds.includes(kind)).map((kind) => (
            <option key={kind} value={kind}>
              {t(`actuals.deduction.${kind}`)}
            </option>
          ))}
        </select>
        {lines.length > 1 ? (
          <Button look="quiet" onClick={() => onLines(lines.filter((line) => fieldsTyped(line)))}>
            {t('actuals.form.drop_blank')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function fieldsTyped(line: LineDraft): boolean {
  return (
    line.gross !== '' || line.amount !== '' || Object.values(line.deductions).some((text) => text !== '')
  );
}

function fieldOf(line: LineDraft, field: Field): string {
  if (field === 'gross' || field === 'amount' || field === 'rate' || field === 'units') return line[field];
  return line.deductions[field] ?? '';
}

function withField(line: LineDraft, field: Field, text: string): LineDraft {
  if (field === 'gross' || field === 'amount' || field === 'rate' || field === 'units')
    return { ...line, [field]: text };
  return { ...line, deductions: { ...line.deductions, [field]: text } };
}
