import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { Badge } from '../../components/badge.tsx';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { Headline, Reliance, Standing } from './facts.tsx';
import type { Listed } from './filters.ts';

type Props = {
  programs: readonly Listed[];
  chosen: string | null;
  onChoose: (program: string) => void;
  /** A press, not an arrow. */
  onPress: () => void;
  /** Enter on a program goes on to its sheet. */
  onOpen: () => void;
};

const PAGE = 8;

/** Where a key leads from a row; the row itself where it leads nowhere. */
export function nextRow(key: string, at: number, rows: number): number {
  const to: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: rows - 1,
  };
  return Math.min(Math.max(to[key] ?? at, 0), rows - 1);
}

const rowId = (program: string) => `program-${program}`;

/** One list with one stop for the keyboard: arrows choose, and the sheet beside follows. */
export function ProgramList({ programs, chosen, onChoose, onPress, onOpen }: Props) {
  const { t } = useText();
  const list = useRef<HTMLDivElement>(null);
  const at = programs.findIndex((one) => one.program === chosen);
  useEffect(() => {
    const row = chosen === null ? null : document.getElementById(rowId(chosen));
    const box = list.current;
    if (!row || !box) return;
    // The list moves, the page under it does not.
    const above = row.offsetTop - box.scrollTop;
    if (above < 0 || above + row.offsetHeight > box.clientHeight)
      box.scrollTop = row.offsetTop - (box.clientHeight - row.offsetHeight) / 2;
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onOpen();
    else {
      const to = nextRow(event.key, at, programs.length);
      const program = programs[to]?.program;
      if (program === undefined || (to === at && !/^(Arrow|Page|Home|End)/.test(event.key))) return;
      onChoose(program);
    }
    event.preventDefault();
  };
  return (
    <div
      ref={list}
      id="program-list"
      className="program-list"
      role="listbox"
      tabIndex={0}
      aria-label={t('programs.list')}
      {...(at >= 0 && chosen !== null ? { 'aria-activedescendant': rowId(chosen) } : {})}
      onKeyDown={onKeyDown}
      onClick={onPress}
    >
      {programs.map((program) => (
        <Row
          key={program.program}
          program={program}
          isChosen={program.program === chosen}
          onChoose={onChoose}
        />
      ))}
    </div>
  );
}

type RowProps = { program: Listed; isChosen: boolean; onChoose: (program: string) => void };

const Row = memo(function Row({ program, isChosen, onChoose }: RowProps) {
  const { t, maybe } = useText();
  const words = useWords();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list around it answers the keyboard
    <div
      id={rowId(program.program)}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      className="program-row"
      onClick={() => onChoose(program.program)}
    >
      <span className="program-row-name">{program.name}</span>
      <span className="program-row-badges">
        <Standing program={program} />
        {program.computable ? null : <Badge look="outline">{t('programs.not_computable')}</Badge>}
        {program.own !== undefined || program.confidence === 'low' ? <Reliance program={program} /> : null}
      </span>
      <span className="sub program-row-place">
        <code className="place-code">{program.jurisdiction}</code>
        {` ${words.place(program.jurisdiction)} · ${maybe(`programs.kind.${program.kind}`, program.kind)}`}
      </span>
      {program.headline.length > 0 ? (
        <span className="sub program-row-facts">
          <Headline program={program} />
        </span>
      ) : null}
    </div>
  );
});
