import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { commands, type LawEffect, type LawOffer } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Figure } from '../../components/figure.tsx';
import { Icon } from '../../components/icon.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatDate } from '../../domain/dates.ts';
import { formatChange, formatWhole } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useDesk } from '../workspace/desk.tsx';
import { LawDifferences } from './law-differences.tsx';
import { moneyOf } from './view.ts';

export type Decision = 'take_over' | 'keep';

/** Texts of the law that changed since the deal was computed with them: nothing moves until one is taken over. */
export function LawOffers() {
  const { t, language } = useText();
  const { view, take: change, undo } = useDesk();
  const notify = useToast();
  const query = useQuery({
    queryKey: ['law-offers', view?.deal, view?.revision, language],
    queryFn: () => take(commands.reviewLawChanges({ deal: view?.deal ?? '', language })),
    enabled: view !== null,
  });
  const offers = query.data?.offers ?? [];
  if (offers.length === 0) return null;
  const settle = async ({ program, from, name, is_carried }: LawOffer, decision: Decision) => {
    const before = view?.revision;
    const outcome = await change((now) =>
      take(
        commands.settleLawChange({
          deal: now?.deal ?? '',
          revision: now?.revision ?? 0,
          program,
          from,
          decision,
        }),
      ),
    );
    if (!outcome.view) return;
    // Only what the deal's document says is undone with it.
    const isEdit = outcome.view.revision !== before && is_carried === (decision === 'take_over');
    notify(
      t(decision === 'keep' ? 'law.offer.kept' : 'law.offer.taken', { name }),
      isEdit ? { label: t('top.undo'), run: undo } : undefined,
    );
  };
  return (
    <div className="law-offers">
      {offers.map((offer) => (
        <OfferBanner
          key={`${offer.program}:${offer.from}`}
          offer={offer}
          onSettle={(decision) => void settle(offer, decision)}
        />
      ))}
    </div>
  );
}

type BannerProps = { offer: LawOffer; onSettle: (decision: Decision) => void };

export function OfferBanner({ offer, onSettle }: BannerProps) {
  const { t, locale } = useText();
  const [isOpen, setOpen] = useState(false);
  const title = useId();
  const { name } = offer;
  return (
    <section className="tile law-offer" aria-labelledby={title}>
      <div className="law-offer-head">
        <Icon name="note" />
        <div className="law-offer-text">
          <h2 id={title}>{t('law.offer.title', { name, from: formatDate(offer.from, locale) })}</h2>
          <p className="sub">
            {t(offer.is_carried ? 'law.offer.held' : 'law.offer.known', {
              reviewed: formatDate(offer.reviewed, locale),
              later: formatDate(offer.reviewed_then, locale),
            })}
          </p>
          <Effect offer={offer} />
        </div>
        <div className="law-offer-actions">
          <Button look="primary" onClick={() => onSettle('take_over')}>
            {t('law.offer.take_over')}
          </Button>
          <Button onClick={() => onSettle('keep')}>{t('law.offer.keep')}</Button>
          <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t(isOpen ? 'law.offer.hide' : 'law.offer.show')}
          </Button>
        </div>
      </div>
      {isOpen ? (
        <div className="law-offer-body">
          <LawDifferences
            differences={offer.differences}
            currency={offer.currency}
            caption={t('law.offer.differences', { name })}
            before={t('law.offer.before')}
            after={t('law.offer.after')}
          />
          <Effects offer={offer} />
        </div>
      ) : null}
    </section>
  );
}

/** What it would do to all incentives, in one line. */
function Effect({ offer }: { offer: LawOffer }) {
  const { t, locale } = useText();
  const [now, then, more] = [moneyOf(offer.net), moneyOf(offer.net_then), moneyOf(offer.more)];
  if (!now || !then || !more || !offer.more) return <p>{t('law.offer.uncomputed')}</p>;
  if (more.minor === 0) return <p>{t('law.offer.same')}</p>;
  return (
    <p>
      {t('law.offer.effect')} <Figure address={offer.net_then.address}>{formatWhole(then, locale)}</Figure>{' '}
      {t('law.offer.instead')} <Figure address={offer.net.address}>{formatWhole(now, locale)}</Figure>{' '}
      <strong>
        <Figure address={offer.more.address}>{formatChange(more, locale)}</Figure>
      </strong>
    </p>
  );
}

function Effects({ offer }: { offer: LawOffer }) {
  const { t } = useText();
  return (
    <TableRegion label={t('law.offer.effects')}>
      <thead>
        <tr>
          <th scope="col">{t('lawtime.program')}</th>
          <th scope="col" className="num">
            {t('law.offer.net')}
          </th>
          <th scope="col" className="num">
            {t('law.offer.net_then')}
          </th>
          <th scope="col" className="num">
            {t('law.offer.more')}
          </th>
        </tr>
      </thead>
      <tbody>
        {offer.effects.map((effect) => (
          <EffectRow key={effect.claim} name={effect.name} effect={effect} />
        ))}
        <EffectRow name={t('lawtime.total')} effect={offer} isTotal />
      </tbody>
    </TableRegion>
  );
}

type RowProps = { name: string; effect: Pick<LawEffect, 'net' | 'net_then' | 'more'>; isTotal?: boolean };

function EffectRow({ name, effect, isTotal = false }: RowProps) {
  const { t, locale } = useText();
  const cell = (figure: LawEffect['net'], format: typeof formatWhole) => {
    const money = moneyOf(figure);
    if (!figure || !money) return <span className="sub">{t('law.offer.not_counted')}</span>;
    return <Figure address={figure.address}>{format(money, locale)}</Figure>;
  };
  return (
    <tr className={isTotal ? 'total' : ''}>
      <td className="text">{name}</td>
      <td className="num">{cell(effect.net, formatWhole)}</td>
      <td className="num">{cell(effect.net_then, formatWhole)}</td>
      <td className="num">{effect.more ? cell(effect.more, formatChange) : null}</td>
    </tr>
  );
}
