import { moneyAt } from '../../../domain/document.ts';
import { useText } from '../../../i18n/index.tsx';
import { useDeal } from '../../workspace/desk.tsx';
import type { DueDate } from '../milestones.ts';
import {
  ChoiceCell,
  CountCell,
  DecimalCell,
  FlagCell,
  MoneyCell,
  PercentCell,
  SeveralCell,
  TextCell,
} from './fields.tsx';
import { DueCell } from './milestone-cell.tsx';
import { Section } from './section.tsx';
import { OWN_FIELDS, type OwnField, readOwn, withOwn } from './spec.ts';
import type { Contract, Put } from './types.ts';
import { useTermWord } from './words.ts';

type Props = { contract: Contract; currency: string; put: Put };

/** What only this kind of money has. */
export function OwnTerms({ contract, currency, put }: Props) {
  const { t } = useText();
  const fields = OWN_FIELDS[contract.terms.kind] ?? [];
  if (fields.length === 0) return null;
  return (
    <Section title={t('terms.own')}>
      {fields.map((field) => (
        <OwnCell
          key={field.field}
          field={field}
          contract={contract}
          currency={currency}
          onPut={(value) => put('terms', withOwn(contract.terms, field.field, value) as never)}
        />
      ))}
    </Section>
  );
}

type CellProps = {
  field: OwnField;
  contract: Contract;
  currency: string;
  onPut: (value: unknown) => void;
};

function OwnCell({ field, contract, currency, onPut }: CellProps) {
  const { t, maybe } = useText();
  const word = useTermWord();
  const last = field.field.split('.').at(-1) ?? '';
  const label = maybe(`terms.field.${last}`, last.replace(/_/g, ' '));
  const value = readOwn(contract.terms, field.field);
  const text = value as string | undefined;
  const said = { label, onPut };
  const references = useReferences(field, contract.id);
  switch (field.as) {
    case 'percent':
      return <PercentCell {...said} value={text} />;
    case 'decimal':
      return <DecimalCell {...said} value={text} />;
    case 'count':
      return <CountCell {...said} value={value as number | undefined} />;
    case 'money':
      return <MoneyCell {...said} value={text} currency={moneyAt(text)?.currency ?? currency} />;
    case 'text':
      return <TextCell {...said} value={text} />;
    case 'flag':
      return <FlagCell {...said} value={value as boolean | undefined} />;
    case 'codes':
      return (
        <TextCell
          label={label}
          value={((value as string[] | undefined) ?? []).join(', ')}
          onPut={(typed) =>
            onPut(
              (typed ?? '')
                .split(/[\s,;]+/)
                .map((code) => code.toUpperCase())
                .filter(Boolean),
            )
          }
        />
      );
    case 'due':
      return <DueCell label={label} value={value as DueDate | undefined} onPut={onPut} />;
    case 'choice':
      return (
        <ChoiceCell
          {...said}
          value={text}
          unsaid={t('terms.unsaid')}
          choices={field.choices.map((one) => ({ value: one, label: word(one) }))}
        />
      );
    case 'several':
      return (
        <SeveralCell
          {...said}
          value={(value as string[] | undefined) ?? []}
          choices={field.choices.map((one) => ({ value: one, label: word(one) }))}
        />
      );
    case 'lines':
      return <SeveralCell {...said} value={(value as string[] | undefined) ?? []} choices={references} />;
    case 'party':
    case 'instrument':
    case 'agency':
      return <ChoiceCell {...said} value={text} unsaid={t('terms.unsaid')} choices={references} />;
  }
}

type Named = { id: string; name?: string; label?: string };

/** What of the deal a field may name. */
function useReferences(field: OwnField, own: string): { value: string; label: string }[] {
  const { document } = useDeal();
  const revenue = (document.revenue ?? {}) as { distribution?: Named[]; sales_agencies?: Named[] };
  const lists: Record<string, readonly Named[]> = {
    party: document.parties ?? [],
    instrument: (document.instruments ?? []).filter(({ id }) => id !== own),
    agency: [...(revenue.distribution ?? []), ...(revenue.sales_agencies ?? [])],
    lines: document.budget?.lines ?? [],
  };
  return (lists[field.as] ?? []).map(({ id, name, label }) => ({ value: id, label: name ?? label ?? id }));
}
