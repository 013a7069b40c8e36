import type { DealDocument } from '../../../domain/document.ts';
import { useText } from '../../../i18n/index.tsx';
import { useProgramNames } from '../../programs/names.ts';
import { useDeal } from '../../workspace/desk.tsx';
import { ChoiceCell } from './fields.tsx';
import type { Collateral } from './types.ts';

/** Everything of the deal that money can be lent against, as one word: `claim:qpstc`. */
export function collateralChoices(
  document: DealDocument,
  programs: ReadonlyMap<string, string>,
  words: { unsold: string; assets: string },
  own: string,
): { value: string; label: string }[] {
  const claims = (document.incentives ?? []).map(({ id, program }) => ({
    value: `claim:${id}`,
    label: programs.get(program) ?? program,
  }));
  const contracts = (document.instruments ?? [])
    .filter(({ id }) => id !== own)
    .map(({ id, name }) => ({ value: `instrument:${id}`, label: name }));
  const sources = (document.revenue?.sources ?? []).map(({ id, label }) => ({
    value: `source:${id}`,
    label,
  }));
  return [
    ...claims,
    ...contracts,
    ...sources,
    { value: 'unsold_territories', label: words.unsold },
    { value: 'all_assets', label: words.assets },
  ];
}

export function collateralWord(over: Collateral | undefined): string {
  if (over === undefined || typeof over === 'string') return over ?? '';
  const [kind = '', id = ''] = Object.entries(over)[0] ?? [];
  return `${kind}:${id}`;
}

export function collateralOf(word: string): Collateral {
  const [kind = '', id] = word.split(':');
  return id === undefined ? kind : ({ [kind]: id } as Collateral);
}

export function useCollaterals(own: string): { value: string; label: string }[] {
  const { t } = useText();
  const { document } = useDeal();
  const programs = useProgramNames();
  const words = { unsold: t('terms.word.unsold_territories'), assets: t('terms.word.all_assets') };
  return collateralChoices(document, programs, words, own);
}

type Props = { label: string; own: string; value: Collateral; onPut: (value: Collateral) => void };

export function CollateralCell({ label, own, value, onPut }: Props) {
  const choices = useCollaterals(own);
  return (
    <ChoiceCell
      label={label}
      value={collateralWord(value)}
      choices={choices}
      onPut={(word) => word && onPut(collateralOf(word))}
    />
  );
}
