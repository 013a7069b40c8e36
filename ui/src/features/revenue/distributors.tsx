import { useState } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/states.tsx';
import type { Distribution } from '../../domain/document.ts';
import { formatRateNumber } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { ContractForm } from './contract-form.tsx';
import { TerritoriesField, WordsField } from './fields.tsx';
import { usePlaces } from './places.ts';
import { withoutNamed } from './remove.ts';

/** Who collects where, what each keeps and in which order; the chosen one with all its terms. */
export function Distributors() {
  const { t } = useText();
  const { document, editAll } = useDeal();
  const contracts = document.revenue?.distribution ?? [];
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div className="contracts">
      {contracts.length === 0 ? (
        <EmptyState title={t('revenue.contracts.none')} note={t('revenue.contracts.none.note')} />
      ) : null}
      {contracts.map((contract, place) => (
        <section
          key={contract.id}
          className={`contract contract-${place % 6}`}
          aria-label={contract.label ?? contract.id}
        >
          <div className="contract-head">
            <button
              type="button"
              className="contract-open"
              aria-expanded={open === contract.id}
              onClick={() => setOpen(open === contract.id ? null : contract.id)}
            >
              <ContractName contract={contract} />
            </button>
            <Sequence contract={contract} />
            <IconButton
              icon="close"
              label={t('revenue.remove.contract', { name: contract.label ?? contract.id })}
              onClick={() => void editAll(withoutNamed(document, 'distribution', contract.id))}
            />
          </div>
          {open === contract.id ? <ContractForm contract={contract} /> : null}
        </section>
      ))}
      <AddContract onAdded={setOpen} />
    </div>
  );
}

function ContractName({ contract }: { contract: Distribution }) {
  const { document } = useDeal();
  const places = usePlaces();
  const party = document.parties?.find(({ id }) => id === contract.distributor)?.name;
  return (
    <>
      <span className="contract-label">{contract.label ?? contract.id}</span>
      <span className="sub">
        {[party, places(contract.territories ?? [])].filter((part) => part).join(' · ')}
      </span>
    </>
  );
}

/** What is taken off, one after the other, until the rest reaches the account. */
function Sequence({ contract }: { contract: Distribution }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const at = (field: string) => `revenue.distribution[${contract.id}].${field}`;
  const percent = (share: string | undefined) =>
    share === undefined ? null : t('revenue.percent', { number: formatRateNumber(share, locale) });
  const guarantee = document.instruments?.find(({ id }) => id === contract.guarantee);
  const fee = percent(contract.fee);
  const steps: { key: string; text: string; path: string }[] = [];
  const step = (key: string, text: string, path: string) => steps.push({ key, text, path: at(path) });
  const open = (contract.window_fees ?? []).length > 0 ? 'revenue.step.fee.windows' : 'revenue.step.fee.open';
  step('fee', fee ? t('revenue.step.fee', { share: fee }) : t(open), 'fee');
  if (contract.p_and_a) step('p_and_a', t('revenue.step.p_and_a'), 'p_and_a.amount');
  if (contract.expenses) step('expenses', t('revenue.step.expenses'), 'expenses.cap');
  if (guarantee || contract.guarantee) step('guarantee', t('revenue.step.guarantee'), 'guarantee');
  const share = percent(contract.overage?.producer_share);
  step(
    'rest',
    share ? t('revenue.step.overage', { share }) : t('revenue.step.rest'),
    'overage.producer_share',
  );
  return (
    <ol className="sequence" aria-label={t('revenue.sequence')}>
      {steps.map(({ key, text, path }) => (
        <li key={key} className={`sequence-step sequence-${key}`} data-path={path}>
          {text}
        </li>
      ))}
    </ol>
  );
}

function AddContract({ onAdded }: { onAdded: (contract: string) => void }) {
  const { t } = useText();
  const { view, take: run } = useDeal();
  const [label, setLabel] = useState('');
  const [territories, setTerritories] = useState<string[]>([]);
  const [isTried, setTried] = useState(false);
  const places = usePlaces();
  const submit = async () => {
    setTried(true);
    if (territories.length === 0) return;
    const name = label === '' ? t('revenue.contract.named', { place: places(territories) }) : label;
    const outcome = await run((now) =>
      take(
        commands.addDistribution({
          deal: view.deal,
          revision: now?.revision ?? view.revision,
          label: name,
          territories,
        }),
      ),
    );
    if (outcome.refusal) return;
    const made = (outcome.view.document as { revenue?: { distribution?: Distribution[] } }).revenue
      ?.distribution;
    const last = made?.at(-1);
    if (last) onAdded(last.id);
    setLabel('');
    setTerritories([]);
    setTried(false);
  };
  return (
    <div role="group" aria-label={t('revenue.contract.add')} className="add-row">
      <WordsField label={t('revenue.label')} value={label} onCommit={(words) => setLabel(words ?? '')} />
      <TerritoriesField
        label={t('revenue.territories')}
        value={territories}
        onCommit={setTerritories}
        error={isTried && territories.length === 0 ? t('revenue.territories.invalid') : null}
      />
      <Button icon="plus" className="add-button" onClick={() => void submit()}>
        {t('revenue.contract.add')}
      </Button>
      <p className="sub add-note">{t('revenue.contract.add.note')}</p>
    </div>
  );
}
