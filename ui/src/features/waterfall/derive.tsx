import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type CustomDto, commands } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Skeleton } from '../../components/states.tsx';
import type { Tier } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { TierList } from './order.tsx';

/** What in a derived plan is custom, as it is told. */
const CUSTOMS = {
  collection_fee: 'derive.collection_fee',
  investors_half: 'derive.investors_half',
  producers_rest: 'derive.producers_rest',
  payee_unknown: 'derive.payee_unknown',
  amount_unknown: 'derive.amount_unknown',
} as const;

/** Shows the order that the stack leads to, and takes it over on request. */
export function DeriveButton() {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('derive.open')}</Button>
      {isOpen ? <DeriveDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function DeriveDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { view, document, edit } = useDeal();
  const query = useQuery({
    queryKey: ['derived-plan', view.deal, view.revision],
    queryFn: () => take(commands.deriveRecoupment({ deal: view.deal })),
  });
  const plan = query.data?.plan as { tiers?: Tier[] } | undefined;
  const replaces = (document.recoupment?.tiers ?? []).length > 0;
  const takeOver = async () => {
    const done = await edit('recoupment', plan as CellValue);
    if (done.refusal === null) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('derive.title')}
      note={t(replaces ? 'derive.replaces' : 'derive.note')}
      closeLabel={t('close')}
      actions={
        plan ? (
          <Button look="primary" onClick={() => void takeOver()}>
            {t(replaces ? 'derive.replace' : 'derive.take')}
          </Button>
        ) : null
      }
    >
      {query.error instanceof Refusal ? (
        <Fault fault={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Skeleton label={t('pages.loading')} rows={6} /> : null}
      {plan ? (
        <div data-about="instruments">
          <TierList tiers={plan.tiers ?? []} book={null} />
          <Customs customs={query.data?.customs ?? []} tiers={plan.tiers ?? []} />
        </div>
      ) : null}
    </Dialog>
  );
}

function Customs({ customs, tiers }: { customs: readonly CustomDto[]; tiers: readonly Tier[] }) {
  const { t } = useText();
  const { document } = useDeal();
  if (customs.length === 0) return null;
  const all = tiers.flatMap((tier) => [tier, ...(tier.takes.members ?? [])]);
  const named = (id: string) =>
    all.find((tier) => tier.id === id)?.label ??
    document.instruments?.find((one) => one.id === id)?.name ??
    id;
  return (
    <>
      <h3 className="sub strong">{t('derive.customs')}</h3>
      <ul className="sub">
        {customs.map(({ tier, what }) => {
          const key = CUSTOMS[what as keyof typeof CUSTOMS];
          return key ? <li key={`${tier}#${what}`}>{t(key, { tier: named(tier) })}</li> : null;
        })}
      </ul>
    </>
  );
}
