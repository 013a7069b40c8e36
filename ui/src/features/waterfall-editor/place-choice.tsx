import { useText } from '../../i18n/index.tsx';
import { Choice } from './choice.tsx';
import type { Names } from './names.ts';
import type { Place } from './operations.ts';
import type { Plan } from './plan.ts';

/** Where tiers can go: a word that a choice holds, and the place it stands for; null takes the whole order's place. */
export function placesOf(plan: Plan, after: string | null, names: Names, t: Names['t']) {
  const tiers = plan.tiers ?? [];
  const first = tiers[0];
  if (!first) return [{ value: 'replace', label: t('tpl.place.replace'), to: null as Place | null }];
  const sources = plan.sources ?? [];
  return [
    { value: 'replace', label: t('tpl.place.replace'), to: null as Place | null },
    { value: 'first', label: t('tpl.place.first'), to: { at: 'before', tier: first.id } as Place },
    ...tiers.map((tier) => ({
      value: `after:${tier.id}`,
      label: t('tpl.place.after', { tier: names.tier(tier.id) }),
      to: { at: 'after', tier: tier.id } as Place,
    })),
    { value: 'last', label: t('tpl.place.last'), to: { at: 'last' } as Place },
    ...(sources.length > 1
      ? sources.map((source) => ({
          value: `way:${source.id}`,
          label: t('tpl.place.way', { source: names.source(source.id) }),
          to: { at: 'among', of: [source.id], before: source.enters } as Place,
        }))
      : []),
  ].sort((a, b) => Number(b.value === `after:${after}`) - Number(a.value === `after:${after}`));
}

type Props = {
  places: ReturnType<typeof placesOf>;
  value: string;
  onPut: (value: string) => void;
};

export function PlaceChoice({ places, value, onPut }: Props) {
  const { t } = useText();
  return <Choice label={t('tpl.place')} value={value} onPut={onPut} choices={places} />;
}
