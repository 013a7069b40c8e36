import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type ReleasePreview, type ReleaseRequest, type RevenueView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Figure } from '../../components/figure.tsx';
import { Select } from '../../components/select.tsx';
import { Switch } from '../../components/switch.tsx';
import { moneyAt } from '../../domain/document.ts';
import { formatWhole, type Money } from '../../domain/money.ts';
import { formatRateNumber } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';
import { AmountField, TerritoriesField } from './fields.tsx';
import { usePlaces } from './places.ts';
import { moneyOf } from './use-revenue.ts';

const NONE = 'none';
type Amounts = { low: Money | null; base: Money | null; high: Money | null };

/** A usual release plan for some territories: chosen, previewed with its amounts, and laid over the deal in one step. */
export function ReleaseDialog({ revenue }: { revenue: RevenueView }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('revenue.release')}</Button>
      {isOpen ? <Opened revenue={revenue} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function Opened({ revenue, onClose }: { revenue: RevenueView; onClose: () => void }) {
  const { t, locale } = useText();
  const { view, document, take: run } = useDeal();
  const words = useWords();
  const places = usePlaces();
  const known = document.revenue?.ultimates?.[0];
  const [template, setTemplate] = useState(
    known?.template ?? document.schedule?.release?.template ?? 'wide_theatrical',
  );
  const first = document.revenue?.distribution?.[0];
  const [territories, setTerritories] = useState<string[]>(
    known?.territories ?? first?.territories ?? revenue.rows[0]?.territories ?? ['WW'],
  );
  const [picked, setContract] = useState<string | null>(null);
  // The contract that has these territories, until another one is chosen.
  const theirs = document.revenue?.distribution?.find((one) =>
    territories.every((code) => one.territories?.includes(code)),
  );
  const contract = picked ?? theirs?.id ?? NONE;
  const [keepsTyped, setKeepsTyped] = useState(true);
  const [amounts, setAmounts] = useState<Amounts>(() => ({
    low: moneyAt(known?.estimate?.low),
    base: moneyAt(known?.estimate?.base),
    high: moneyAt(known?.estimate?.high),
  }));
  const { base, low, high } = amounts;
  const windows = revenue.templates.find((one) => one.template === template)?.windows ?? [];
  const release: ReleaseRequest | null = base && {
    template,
    territories,
    base,
    low,
    high,
    distribution: contract === NONE ? null : contract,
    keeps_typed: keepsTyped,
    label: places(territories),
    labels: windows.map(({ window }) => ({
      window,
      label: `${places(territories)}, ${words.term('window', window)}`,
    })),
  };
  const preview = useQuery({
    queryKey: ['release', view.deal, view.revision, release, locale],
    queryFn: () =>
      take(
        commands.previewRelease({
          deal: view.deal,
          release: release as ReleaseRequest,
          language: locale.startsWith('fr') ? 'fr' : 'en',
        }),
      ),
    enabled: release !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const apply = async () => {
    if (!release) return;
    const outcome = await run((now) =>
      take(commands.applyRelease({ deal: view.deal, revision: now?.revision ?? view.revision, release })),
    );
    if (!outcome.refusal) onClose();
  };
  const refused = preview.error instanceof Refusal ? preview.error : null;
  const set = (field: keyof Amounts) => (money: Money | null) => setAmounts({ ...amounts, [field]: money });
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('revenue.release.title')}
      note={t('revenue.release.note')}
      closeLabel={t('close')}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" disabled={release === null || refused !== null} onClick={() => void apply()}>
            {t('revenue.release.apply')}
          </Button>
        </>
      }
    >
      <div className="release">
        <div className="terms-pair">
          <Select
            label={t('revenue.release.template')}
            value={template}
            onChange={setTemplate}
            options={revenue.templates.map((one) => ({
              value: one.template,
              label: t(`revenue.template.${one.template}` as 'revenue.template.platform'),
            }))}
          />
          <TerritoriesField label={t('revenue.territories')} value={territories} onCommit={setTerritories} />
          <Select
            label={t('revenue.contract')}
            value={contract}
            onChange={setContract}
            options={[
              { value: NONE, label: t('revenue.none') },
              ...(document.revenue?.distribution ?? []).map(({ id, label }) => ({
                value: id,
                label: label ?? id,
              })),
            ]}
          />
        </div>
        <div className="terms-three">
          {(['low', 'base', 'high'] as const).map((field) => (
            <AmountField
              key={field}
              label={t(`revenue.ultimate.${field}`)}
              value={amounts[field]}
              currency={document.currency}
              onCommit={set(field)}
            />
          ))}
        </div>
        <div className="row-wrap">
          <Switch label={t('revenue.release.keep')} checked={keepsTyped} onChange={setKeepsTyped} />
          <span>{t('revenue.release.keep')}</span>
        </div>
        {refused ? <Fault fault={refused} onRetry={() => void preview.refetch()} /> : null}
        {release && preview.data ? <Previewed preview={preview.data} /> : null}
        {release ? null : <p className="sub">{t('revenue.release.ask')}</p>}
      </div>
    </Dialog>
  );
}

function Previewed({ preview }: { preview: ReleasePreview }) {
  const { t, locale } = useText();
  const words = useWords();
  const before = moneyOf(preview.gross_before);
  const after = moneyOf(preview.gross_after);
  return (
    <>
      <div className="scroll-x">
        <table className="table">
          <caption className="visually-hidden">{t('revenue.release.preview')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('revenue.window')}</th>
              <th scope="col" className="num">
                {t('revenue.share')}
              </th>
              <th scope="col" className="num">
                {t('revenue.opens')}
              </th>
              <th scope="col" className="num">
                {t('revenue.lasts')}
              </th>
              <th scope="col">{t('revenue.profile')}</th>
              <th scope="col" className="num">
                {t('revenue.base')}
              </th>
            </tr>
          </thead>
          <tbody>
            {preview.parts.map((part) => {
              const money = moneyOf(part.estimate);
              return (
                <tr key={part.window}>
                  <th scope="row" className="text">
                    {words.term('window', part.window)}
                    {part.is_new ? <span className="sub"> {t('revenue.new')}</span> : null}
                  </th>
                  <td className="num">{formatRateNumber(part.share, locale)}</td>
                  <td className="num">{part.opens}</td>
                  <td className="num">{part.months}</td>
                  <td>{t(`revenue.profile.${part.profile}` as 'revenue.profile.even')}</td>
                  <td className="num">
                    {money && part.estimate ? (
                      <Figure address={part.estimate.address}>{formatWhole(money, locale)}</Figure>
                    ) : (
                      <span className="sub">{t('revenue.state.sold')}</span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {before && after ? (
        <p>
          {t('revenue.release.before')}{' '}
          <Figure address={preview.gross_before.address}>{formatWhole(before, locale)}</Figure>
          {' · '}
          {t('revenue.release.after')}{' '}
          <Figure address={preview.gross_after.address}>{formatWhole(after, locale)}</Figure>
        </p>
      ) : null}
      {preview.raised.map((finding) => (
        <p
          key={`${finding.code}@${finding.path}`}
          className={`badge badge-${finding.severity} release-raised`}
        >
          {finding.message}
        </p>
      ))}
    </>
  );
}
