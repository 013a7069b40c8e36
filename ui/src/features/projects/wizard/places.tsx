import { useQuery } from '@tanstack/react-query';
import { group } from 'd3';
import { useMemo, useState } from 'react';
import { commands, type ProgramEntry } from '../../../api/bindings.ts';
import { Refusal, take } from '../../../api/errors.ts';
import { DraftInput } from '../../../components/draft-input.tsx';
import { TextInput } from '../../../components/field.tsx';
import { Grid, type GridColumn } from '../../../components/grid.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { Switch } from '../../../components/switch.tsx';
import { formatDate } from '../../../domain/dates.ts';
import type { BudgetLine } from '../../../domain/document.ts';
import { formatRateNumber, parsePercent } from '../../../domain/rate.ts';
import { useText } from '../../../i18n/index.tsx';
import { percentColumn } from '../../cells.ts';
import { freeId } from '../../ids.ts';
import { Fault } from '../../shell/fault.tsx';
import { useWords } from '../../words.ts';
import { useDeal } from '../../workspace/desk.tsx';
import { type Cells, useCells } from './cells.ts';
import { Refusals } from './refusals.tsx';
import { chosenPlaces, commonShare, inForce, withoutPlace, withPlace, withShare } from './spend.ts';

/** Step 3: where the money is spent, and which programs are asked for it. */
export function PlacesStep() {
  const { t, language } = useText();
  const cells = useCells();
  const { document } = useDeal();
  const [extra, setExtra] = useState<readonly string[]>([]);
  const places = useMemo(() => chosenPlaces(document, extra), [document, extra]);
  const lines = document.budget?.lines ?? [];
  const choose = async (code: string) => {
    setExtra((before) => [...before, code]);
    if (lines.length > 0) await cells.edit('budget.lines', withPlace(lines, code, places.length === 0));
    const countries = (document.project.countries as string[] | undefined) ?? [];
    const country = code.slice(0, 2);
    if (!countries.includes(country)) await cells.edit('project.countries', [...countries, country]);
  };
  const drop = async (code: string) => {
    setExtra((before) => before.filter((one) => one !== code));
    if (lines.some((line) => (line.spend ?? []).some((share) => share.jurisdiction === code)))
      await cells.edit('budget.lines', withoutPlace(lines, code));
    const country = code.slice(0, 2);
    const isLast = !places.some((one) => one !== code && one.startsWith(country));
    for (const { id, jurisdiction } of document.incentives ?? [])
      if (jurisdiction === code || (isLast && jurisdiction === country))
        await cells.edit(`incentives[${id}]`, null);
    const countries = (document.project.countries as string[] | undefined) ?? [];
    if (isLast && countries.includes(country))
      await cells.edit('project.countries', without(countries, country));
  };
  const day = document.schedule?.start ?? document.as_of;
  const found = useQuery({
    queryKey: ['programs', '', language],
    queryFn: () => take(commands.searchPrograms({ words: null, language })),
  });
  if (found.error instanceof Refusal)
    return <Fault fault={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton label={t('pages.loading')} rows={6} />;
  const programs = found.data.programs.filter((one) => inForce(one, day));
  return (
    <>
      <section className="setup-part" aria-label={t('setup.places')}>
        <h3>{t('setup.places')}</h3>
        <Catalog
          programs={programs}
          places={places}
          day={day}
          onChoose={(code) => void choose(code)}
          onDrop={(code) => void drop(code)}
        />
      </section>
      <section className="setup-part" aria-label={t('setup.programs')}>
        <h3>{t('setup.programs')}</h3>
        <Programs programs={programs} places={places} cells={cells} />
        <Refusals texts={cells.refusedUnder('incentives')} />
      </section>
      <section className="setup-part" aria-label={t('setup.spend')}>
        <h3>{t('setup.spend')}</h3>
        {lines.length === 0 ? (
          <p className="sub">{t('setup.spend.no_lines')}</p>
        ) : places.length === 0 ? (
          <p className="sub">{t('setup.spend.none')}</p>
        ) : (
          <Spend places={places} lines={lines} cells={cells} />
        )}
        <Refusals texts={[...cells.refusedUnder('budget'), ...cells.refusedUnder('project')]} />
      </section>
    </>
  );
}

function without(list: readonly string[], one: string): string[] {
  return list.filter((other) => other !== one);
}

type CatalogProps = {
  programs: readonly ProgramEntry[];
  places: readonly string[];
  day: string;
  onChoose: (code: string) => void;
  onDrop: (code: string) => void;
};

/** The places that have programs, country by country. */
function Catalog({ programs, places, day, onChoose, onDrop }: CatalogProps) {
  const { t, locale } = useText();
  const words = useWords();
  const [sought, setSought] = useState('');
  const wanted = sought.trim().toLowerCase();
  const shown = [...group(programs, (one) => one.jurisdiction)].filter(([code, list]) =>
    [code, words.place(code), words.place(code.slice(0, 2)), ...list.map((one) => one.name)]
      .join(' ')
      .toLowerCase()
      .includes(wanted),
  );
  const countries = [...group(shown, ([code]) => words.place(code.slice(0, 2)))].sort(([a], [b]) =>
    a.localeCompare(b, locale),
  );
  return (
    <>
      <div className="setup-search">
        <TextInput
          label={t('setup.places.search')}
          type="search"
          value={sought}
          onChange={setSought}
          hint={t('setup.places.hint', { date: formatDate(day, locale) })}
        />
      </div>
      {countries.length === 0 ? <p className="sub">{t('setup.places.none')}</p> : null}
      <div className="places">
        {countries.map(([country, entries]) => (
          <fieldset key={country} className="place-group">
            <legend>{country}</legend>
            {entries.map(([code, list]) => (
              <label key={code} className="check place">
                <input
                  type="checkbox"
                  checked={places.includes(code)}
                  onChange={(event) => (event.target.checked ? onChoose(code) : onDrop(code))}
                />
                <span>
                  {code.includes('-') || entries.length === 1
                    ? words.place(code)
                    : t('setup.places.whole', { place: words.place(code) })}{' '}
                  <span className="sub">{list.map((one) => one.name).join(' · ')}</span>
                </span>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </>
  );
}

type ProgramsProps = { programs: readonly ProgramEntry[]; places: readonly string[]; cells: Cells };

/** What the chosen places offer, and which of it is asked for; a region's country is asked too. */
function Programs({ programs, places, cells }: ProgramsProps) {
  const { t } = useText();
  const words = useWords();
  const { document } = useDeal();
  const claims = document.incentives ?? [];
  const claimOf = (program: ProgramEntry) => claims.find((claim) => claim.program === program.program);
  const claim = async (program: ProgramEntry, wanted: boolean) => {
    const known = claimOf(program);
    if (!wanted && known) await cells.edit(`incentives[${known.id}]`, null);
    if (!wanted || known) return;
    const used = claims.map((one) => one.id);
    const { company } = document.project;
    await cells.add('incentives', {
      id: freeId(program.program, used),
      program: program.program,
      jurisdiction: program.jurisdiction,
      election: 'best',
      status: 'estimated',
      ...(typeof company === 'string' ? { claimant: company } : {}),
    });
  };
  const reached = new Set(places.flatMap((code) => [code, code.slice(0, 2)]));
  const offered = [...group(programs, (one) => one.jurisdiction)].filter(([code]) => reached.has(code));
  if (offered.length === 0) return <p className="sub">{t('setup.programs.none')}</p>;
  return (
    <div className="offers">
      {offered.map(([code, list]) => (
        <fieldset key={code} className="place-group">
          <legend>{words.place(code)}</legend>
          {list.map((program) => (
            <div key={program.program} className="offer">
              <Switch
                label={t('setup.claim', { name: program.name })}
                checked={claimOf(program) !== undefined}
                onChange={(wanted) => void claim(program, wanted)}
              />
              <span>
                {program.name}{' '}
                <span className="sub">{t(`programs.kind.${program.kind}` as 'programs.kind.grant')}</span>
              </span>
            </div>
          ))}
        </fieldset>
      ))}
    </div>
  );
}

type SpendProps = { places: readonly string[]; lines: readonly BudgetLine[]; cells: Cells };

/** Which share of every line, and of each line, is spent where. */
function Spend({ places, lines, cells }: SpendProps) {
  const { t, locale } = useText();
  const words = useWords();
  const shareAt = (line: BudgetLine, place: string) =>
    (line.spend ?? []).find((share) => share.jurisdiction === place);
  const columns: GridColumn<BudgetLine>[] = [
    { id: 'line', head: t('setup.line'), cell: (line) => line.label },
    ...places.map((place) => {
      const base = {
        id: place,
        head: `${words.place(place)}, %`,
        path: (line: BudgetLine) => {
          const known = shareAt(line, place);
          return known
            ? `budget.lines[${line.id}].spend[${known.id}].share`
            : `budget.lines[${line.id}].spend`;
        },
        value: (line: BudgetLine) => shareAt(line, place)?.share,
      };
      const edit = (path: string, value: Parameters<Cells['edit']>[1]) => {
        if (path.endsWith('.share')) void cells.edit(path, value);
        else if (value !== null) void cells.add(path, { id: place, jurisdiction: place, share: value });
      };
      return percentColumn(base, { t, locale, edit });
    }),
  ];
  return (
    <>
      <div className="setup-fields setup-shares">
        {places.map((place) => (
          <SharedRate
            key={place}
            label={t('setup.spend.all', { place: words.place(place) })}
            share={commonShare(lines, place)}
            onCommit={(share) => void cells.edit('budget.lines', withShare(lines, place, share))}
          />
        ))}
      </div>
      <Grid
        label={t('setup.spend')}
        hint={t('table.edit')}
        columns={columns}
        rows={lines}
        rowId={(line) => line.id}
      />
    </>
  );
}

type SharedProps = { label: string; share: string | null; onCommit: (share: string) => void };

/** One share for every line; empty where the lines differ. */
function SharedRate({ label, share, onCommit }: SharedProps) {
  const { t, locale } = useText();
  return (
    <DraftInput<string>
      label={label}
      after="%"
      text={share === null ? '' : formatRateNumber(share, locale)}
      hint={share === null ? t('setup.spend.mixed') : undefined}
      onCommit={onCommit}
      parse={(text) => {
        const parsed = parsePercent(text, locale);
        return parsed === null ? { error: t('field.rate.invalid') } : { value: parsed };
      }}
    />
  );
}
