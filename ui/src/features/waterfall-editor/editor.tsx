import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { DeriveButton } from '../waterfall/derive.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { type FigureBook, useFindings } from '../workspace/figures.ts';
import { AddMenu } from './add-menu.tsx';
import { DivideDialog } from './divide-dialog.tsx';
import { FilmDialog } from './film-dialog.tsx';
import { PlanFoot } from './foot.tsx';
import { TierBlock } from './list.tsx';
import { Lists } from './lists.tsx';
import { meaningOf } from './operations.ts';
import { hasBranches, rowsOf } from './plan.ts';
import { ROW_HINT, Said } from './row.tsx';
import { findingsByRow } from './standing.ts';
import { TemplateDialog } from './template-dialog.tsx';
import { TierDialog } from './tier-dialog.tsx';
import { useActions } from './use-actions.ts';
import { useDrag } from './use-drag.ts';
import { useNames, usePlan } from './use-plan.ts';
import { UsedDialog } from './used-dialog.tsx';

/** From how many tiers on they can be searched. */
const MANY = 12;

/** The order of recoupment: read as sentences, changed by hand or by keys, each change one revision. */
export function PlanEditor({ book }: { book: FigureBook }) {
  const { t } = useText();
  const plan = usePlan();
  const names = useNames(plan, book);
  const rows = useMemo(() => rowsOf(plan), [plan]);
  const { findings } = useFindings();
  const said = useMemo(() => findingsByRow(rows, findings), [rows, findings]);
  const notify = useToast();
  const { undo } = useDeal();
  const [spoken, setSpoken] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  const announce = useCallback((text: string) => setSpoken(text), []);
  const withUndo = useCallback(
    (text: string) => notify(text, { label: t('plan.undo'), run: undo }),
    [notify, t, undo],
  );
  const acts = useActions({ plan, names, announce, withUndo, focus: (tier) => (wanted.current = tier) });
  const { current, open, setOpen, actions, drop: dropped } = acts;
  const drag = useDrag(dropped);
  const [sought, setSought] = useState('');

  // A line that has moved was drawn anew: the keys stay with it.
  useEffect(() => {
    const tier = wanted.current;
    if (tier === null) return;
    const line = lineOf(list.current, tier);
    if (!line) return;
    wanted.current = null;
    line.focus();
    line.scrollIntoView({ block: 'nearest' });
  }, [plan]);

  const shown = useMemo(() => found(rows, sought, names), [rows, sought, names]);
  const currentId = rows.some((row) => row.tier.id === current) ? current : (rows[0]?.tier.id ?? null);
  const onKey = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || !event.target.dataset.tierName) return;
    const meaning = meaningOf(event);
    if (!meaning || currentId === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (meaning.does === 'operation') return actions.go(currentId, meaning.direction);
    if (meaning.does !== 'focus') return actions[meaning.does](currentId);
    const ids = shown.map((row) => row.tier.id);
    const at = ids.indexOf(currentId);
    const to =
      { first: 0, last: ids.length - 1 }[meaning.step as 'first' | 'last'] ?? at + Number(meaning.step);
    const next = ids[to];
    if (next) lineOf(list.current, next)?.focus();
  };
  const count = (severity: string) =>
    findings.filter((one) => one.severity === severity && one.path.startsWith('recoupment')).length;

  return (
    <section className="plan" aria-label={t('plan.title')}>
      <header className="plan-head">
        <div>
          <h2>{t('plan.title')}</h2>
          <p className="sub">{rows.length > 0 ? t('plan.note') : t('plan.empty')}</p>
          <p className="visually-hidden" id={ROW_HINT}>
            {t('plan.row.keys')}
          </p>
        </div>
        {rows.length > 0 ? <Health blockers={count('blocker')} questions={count('question')} /> : null}
        <div className="row-wrap plan-buttons">
          <AddMenu
            onAdd={acts.add}
            onTemplate={() => setOpen({ what: 'template' })}
            onFilm={() => setOpen({ what: 'film' })}
          />
          <DeriveButton />
        </div>
      </header>
      {(plan.tiers ?? []).length >= MANY ? (
        <label className="plan-filter">
          <span className="visually-hidden">{t('plan.filter')}</span>
          <span className="field-box">
            <input
              className="input"
              type="search"
              placeholder={t('plan.filter')}
              value={sought}
              onChange={(event) => setSought(event.target.value)}
            />
          </span>
          <span className="sub">{t('plan.filter.count', { count: shown.length })}</span>
        </label>
      ) : null}
      <Said findings={said.plan} />
      <div
        ref={list}
        className={`plan-list ${drag.dragged ? 'plan-dragging' : ''}`}
        onKeyDown={onKey}
        data-path="recoupment.tiers"
        role="group"
        aria-label={t('plan.title')}
      >
        <TierBlock
          plan={plan}
          tiers={plan.tiers ?? []}
          rows={rows}
          shown={sought.trim() === '' ? null : new Set(shown.map((row) => row.tier.id))}
          names={names}
          book={book}
          said={said.at}
          current={currentId}
          drag={drag}
          actions={actions}
          branches={hasBranches(plan)}
        />
      </div>
      {rows.length > 0 && shown.length === 0 ? <p className="sub">{t('plan.filter.none')}</p> : null}
      {rows.length > 0 ? <PlanFoot plan={plan} book={book} /> : null}
      <Lists plan={plan} names={names} book={book} />
      <p className="visually-hidden" role="status" aria-live="polite">
        {spoken}
      </p>
      {open?.what === 'tier' ? (
        <TierDialog
          plan={plan}
          tier={open.tier}
          book={book}
          names={names}
          findings={said.at}
          onOpen={actions.edit}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open?.what === 'template' ? (
        <TemplateDialog plan={plan} names={names} after={currentId} onClose={() => setOpen(null)} />
      ) : null}
      {open?.what === 'film' ? (
        <FilmDialog plan={plan} names={names} after={currentId} onClose={() => setOpen(null)} />
      ) : null}
      {open?.what === 'divide' ? (
        <DivideDialog tier={open.tier} names={names} onClose={() => setOpen(null)} />
      ) : null}
      {open?.what === 'used' ? (
        <UsedDialog
          tier={open.tier}
          users={open.users}
          plan={plan}
          names={names}
          onOpen={actions.edit}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </section>
  );
}

/** Whether the order can be run, and whether somebody would ask about it. */
function Health({ blockers, questions }: { blockers: number; questions: number }) {
  const { t } = useText();
  if (blockers > 0) return <Badge look="blocker">{t('plan.blocked', { count: blockers })}</Badge>;
  if (questions > 0) return <Badge look="question">{t('plan.asked', { count: questions })}</Badge>;
  return <Badge look="pass">{t('plan.valid')}</Badge>;
}

/** The part of a line that has the keys. */
function lineOf(list: HTMLElement | null, tier: string): HTMLElement | undefined {
  const lines = list?.querySelectorAll<HTMLElement>('[data-tier-name]') ?? [];
  return [...lines].find((line) => line.dataset.tierName === tier);
}

/** The lines whose name, payee or sentence holds all the words. */
function found(rows: ReturnType<typeof rowsOf>, sought: string, names: ReturnType<typeof useNames>) {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter(({ tier }) => {
    const text = `${tier.label ?? ''} ${tier.clause ?? ''} ${names.tier(tier.id)} ${names.party(tier.takes.payee)}`;
    return words.every((word) => text.toLowerCase().includes(word));
  });
}
