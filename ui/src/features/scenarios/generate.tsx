import { useState } from 'react';
import { MiniStack } from '../../charts/mini-stack/view.tsx';
import { Swatch } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftInput } from '../../components/draft-input.tsx';
import { Field, TextInput } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { Slider } from '../../components/slider.tsx';
import { formatExact, formatScaled, type Money, parseMinor } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import {
  filled,
  isWish,
  kindOfWish,
  NO_WISH,
  standing,
  WISHES,
  type Wishes,
  wishName,
} from './allocation.ts';

/** A usual shape of a stack: per cent of the budget by kind of money. */
export type Offer = { id: string; shares: readonly { kind: string; percent: number }[] };

export type Asked = {
  templates: readonly string[];
  own: { name: string; wishes: Wishes } | null;
  /** The most that equity may be; none for whatever it takes. */
  equityAtMost: Money | null;
};

type Props = {
  offers: readonly Offer[];
  /** What was asked for last. */
  asked: Asked;
  currency: string;
  onAsk: (asked: Asked) => void;
  onClose: () => void;
};

/** Which shapes are made into complete deals: usual ones, and one of a person's own. */
export function Generate({ offers, asked, currency, onAsk, onClose }: Props) {
  const { t, locale } = useText();
  const [templates, setTemplates] = useState<readonly string[]>(asked.templates);
  const [own, setOwn] = useState(asked.own);
  const [equityAtMost, setMost] = useState(asked.equityAtMost);
  const isOwnWhole = own === null || (standing(own.wishes).isWhole && own.name.trim() !== '');
  const count = templates.length + (own ? 1 : 0);
  const toggle = (id: string) =>
    setTemplates((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]));
  const balanced = offers.find(({ id }) => id === 'balanced') ?? offers[0];
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('scenarios.generate.title')}
      note={t('scenarios.generate.note')}
      closeLabel={t('close')}
      actions={
        <Button
          look="primary"
          disabled={count === 0 || !isOwnWhole}
          onClick={() => {
            const kept = offers.map(({ id }) => id).filter((id) => templates.includes(id));
            onAsk({ templates: kept, own, equityAtMost });
            onClose();
          }}
        >
          {t('scenarios.generate.run', { count })}
        </Button>
      }
    >
      <ul className="scenario-cards">
        {offers.map((offer) => (
          <OfferCard
            key={offer.id}
            offer={offer}
            isChosen={templates.includes(offer.id)}
            onToggle={() => toggle(offer.id)}
          />
        ))}
      </ul>
      {own === null ? (
        <Button
          icon="plus"
          onClick={() => setOwn({ name: t('scenarios.generate.own'), wishes: wishesOf(balanced) })}
        >
          {t('scenarios.generate.add')}
        </Button>
      ) : (
        <Own own={own} onChange={setOwn} />
      )}
      <div className="scenario-most">
        <DraftInput
          label={t('scenarios.generate.most')}
          hint={t('scenarios.generate.most.hint')}
          before={currency}
          text={equityAtMost ? formatExact(equityAtMost, locale) : ''}
          parse={(text) => {
            if (text.trim() === '') return { value: null };
            const minor = parseMinor(text, currency, locale);
            return minor === null || minor < 0
              ? { error: t('scenarios.generate.most.wrong') }
              : { value: { minor, currency } };
          }}
          onCommit={setMost}
        />
      </div>
    </Dialog>
  );
}

function wishesOf(offer: Offer | undefined): Wishes {
  const shares = (offer?.shares ?? []).filter(({ kind }) => isWish(kind));
  return { ...NO_WISH, ...Object.fromEntries(shares.map(({ kind, percent }) => [kind, percent])) };
}

const partsOf = (shares: readonly { kind: string; percent: number }[]) =>
  shares.map(({ kind, percent }) => ({ kind: kindOfWish(kind), size: percent, isConditional: false }));

type CardProps = { offer: Offer; isChosen: boolean; onToggle: () => void };

/** A shape with its wished shares: what the deal makes of it is told by the deal. */
function OfferCard({ offer, isChosen, onToggle }: CardProps) {
  const { t, maybe, locale } = useText();
  const name = maybe(`scenarios.template.${offer.id}`, offer.id.replace(/_/g, ' '));
  const shares = offer.shares.map(
    ({ kind, percent }) => `${wishName(kind, t)} ${formatScaled(percent, locale, 0)}`,
  );
  return (
    <li>
      <button
        type="button"
        role="checkbox"
        aria-checked={isChosen}
        className="scenario-card"
        onClick={onToggle}
      >
        <span className="scenario-card-name">
          <span className="scenario-check" aria-hidden="true">
            {isChosen ? <Icon name="check" size={12} /> : null}
          </span>
          {name}
        </span>
        <MiniStack parts={partsOf(offer.shares)} uses={100} most={100} label={name} width={200} />
        <span className="sub">{shares.join(' · ')}</span>
      </button>
    </li>
  );
}

type OwnProps = { own: NonNullable<Asked['own']>; onChange: (own: Asked['own']) => void };

/** Shares of a person's own, with their sum while they are moved. */
function Own({ own, onChange }: OwnProps) {
  const { t, locale } = useText();
  const { isWhole, sum, off } = standing(own.wishes);
  const percent = (value: number) => formatScaled(value, locale, 0);
  const put = (wishes: Wishes) => onChange({ ...own, wishes });
  return (
    <section className="scenario-own" aria-label={t('scenarios.generate.own')}>
      <div className="scenario-own-head">
        <TextInput
          label={t('scenarios.generate.name')}
          value={own.name}
          onChange={(name) => onChange({ ...own, name })}
          error={own.name.trim() === '' ? t('scenarios.generate.nameless') : null}
        />
        <Button look="quiet" icon="trash" onClick={() => onChange(null)}>
          {t('scenarios.generate.remove')}
        </Button>
      </div>
      <MiniStack
        parts={partsOf(WISHES.map((kind) => ({ kind, percent: own.wishes[kind] })))}
        uses={100}
        most={Math.max(sum, 100)}
        label={t('scenarios.generate.sum', { sum: percent(sum) })}
        width={480}
      />
      <ul className="scenario-wishes">
        {WISHES.map((kind) => (
          <li key={kind}>
            <span className="legend-item">
              <Swatch kind={kindOfWish(kind)} />
              {wishName(kind, t)}
            </span>
            <Slider
              label={wishName(kind, t)}
              kind={kindOfWish(kind)}
              value={own.wishes[kind]}
              min={0}
              max={100}
              step={1}
              valueText={t('scenarios.weights.share', { share: percent(own.wishes[kind]) })}
              onChange={(value) => put({ ...own.wishes, [kind]: value })}
            />
            <PercentField
              label={wishName(kind, t)}
              value={own.wishes[kind]}
              onChange={(value) => put({ ...own.wishes, [kind]: value })}
            />
          </li>
        ))}
      </ul>
      <p className={isWhole ? 'sub' : 'field-error'} aria-live="polite">
        {isWhole
          ? t('scenarios.generate.sum', { sum: percent(sum) })
          : t(off > 0 ? 'scenarios.generate.over' : 'scenarios.generate.under', {
              sum: percent(sum),
              off: percent(Math.abs(off)),
            })}
        {isWhole || sum === 0 ? null : (
          <button type="button" className="link" onClick={() => put(filled(own.wishes))}>
            {t('scenarios.generate.fill')}
          </button>
        )}
      </p>
    </section>
  );
}

type PercentProps = { label: string; value: number; onChange: (value: number) => void };

function PercentField({ label, value, onChange }: PercentProps) {
  return (
    <Field label={label} hideLabel after="%">
      {(aria) => (
        <input
          {...aria}
          className="input input-right"
          type="number"
          min={0}
          max={100}
          step={1}
          inputMode="numeric"
          value={value}
          onChange={(event) => {
            const next = Number(event.target.value);
            if (Number.isFinite(next)) onChange(Math.min(Math.max(Math.round(next), 0), 100));
          }}
        />
      )}
    </Field>
  );
}
