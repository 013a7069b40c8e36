import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  commands,
  type ExampleResult,
  type ExampleRun,
  type ProgramExample,
  type ProgramView,
} from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { formatLaw } from './law.ts';
import { RunAnswer, RunConditions, RunLines } from './run-lines.tsx';
import { TypedInputs } from './typed-inputs.tsx';

/** The examples a program was proved with, and a form to try it with other values. */
export function Examples({ view }: { view: ProgramView }) {
  const { t, locale } = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const { examples } = view;
  return (
    <div className="examples">
      {examples.length === 0 ? (
        <EmptyState title={t('programs.examples.none')} note={t('programs.examples.none.note')} />
      ) : (
        byLaw(view).map(([version, under]) => (
          <details key={version} className="example-law" open={version === view.entry.from}>
            <summary>
              {version
                ? t('programs.from', { date: formatDate(version, locale) })
                : t('programs.example.no_law')}
              <span className="sub">{t('programs.example.count', { count: under.length })}</span>
            </summary>
            <ul className="example-list">
              {under.map((example) => (
                <li key={example.example}>
                  <ExampleRow
                    example={example}
                    isChosen={example.example === chosen}
                    onChoose={() => setChosen(example.example === chosen ? null : example.example)}
                  />
                  {example.example === chosen ? <Ran view={view} example={example} /> : null}
                </li>
              ))}
            </ul>
          </details>
        ))
      )}
      <section className="stack">
        <div className="section-head">
          <h3>{t('programs.try')}</h3>
          <p className="sub">{t('programs.try.note')}</p>
        </div>
        <Tried view={view} on={view.entry.from} start={{}} />
      </section>
    </div>
  );
}

/** The examples under the version whose law they are of, the version shown first; those of a day before all law last. */
export function byLaw({ entry, versions, examples }: ProgramView): [string, ProgramExample[]][] {
  const groups = new Map<string, ProgramExample[]>([[entry.from, []]]);
  for (const version of [...versions].reverse()) groups.set(version, []);
  groups.set('', []);
  for (const example of examples) {
    const version = versions.findLast((from) => from <= example.on) ?? '';
    groups.get(version)?.push(example);
  }
  return [...groups].filter(([, under]) => under.length > 0);
}

type RowProps = { example: ProgramExample; isChosen: boolean; onChoose: () => void };

function ExampleRow({ example, isChosen, onChoose }: RowProps) {
  const { t, maybe, locale } = useText();
  return (
    <button type="button" className="example-row" aria-expanded={isChosen} onClick={onChoose}>
      <Icon name={isChosen ? 'down' : 'play'} size={13} />
      <span className="example-title">{example.title}</span>
      <span className="sub">
        {maybe(`programs.example.kind.${example.kind}`, example.kind)}
        {' · '}
        {t('programs.example.on', { date: formatDate(example.on, locale) })}
      </span>
    </button>
  );
}

/** One example, run now: what was expected, what came out, and every line between. */
function Ran({ view, example }: { view: ProgramView; example: ProgramExample }) {
  const { t, language } = useText();
  const [isTrying, setTrying] = useState(false);
  const { program } = view.entry;
  const ran = useQuery({
    queryKey: ['programs', 'example', program, example.example, language],
    queryFn: () => take(commands.runExample({ program, example: example.example, language })),
  });
  if (ran.error instanceof Refusal) return <Fault fault={ran.error} onRetry={() => void ran.refetch()} />;
  if (!ran.data) return <Skeleton label={t('pages.loading')} rows={5} />;
  const { run, problem } = ran.data;
  return (
    <div className="stack example-run">
      {problem ? <p className="field-error">{problem}</p> : null}
      <Expected ran={ran.data} />
      {run ? (
        <>
          <Button icon="pen" aria-pressed={isTrying} onClick={() => setTrying(!isTrying)}>
            {t(isTrying ? 'programs.example.back' : 'programs.example.change')}
          </Button>
          {isTrying ? (
            <Tried view={view} on={example.on} start={example.inputs} />
          ) : (
            <>
              <RunConditions conditions={run.conditions} />
              <RunLines run={run} />
            </>
          )}
        </>
      ) : null}
    </div>
  );
}

function Expected({ ran }: { ran: ExampleRun }) {
  const { t } = useText();
  return (
    <>
      <p className="row-flex">
        <Badge look={ran.equal ? 'pass' : 'blocker'}>
          {t(ran.equal ? 'programs.example.equal' : 'programs.example.differs')}
        </Badge>
        {ran.example.with.length > 0 ? (
          <span className="sub">{t('programs.example.with', { programs: ran.example.with.join(', ') })}</span>
        ) : null}
      </p>
      <TableRegion label={t('programs.example.expected')}>
        <thead>
          <tr>
            <th scope="col">{t('programs.example.result')}</th>
            <th scope="col" className="num">
              {t('programs.example.expected')}
            </th>
            <th scope="col" className="num">
              {t('programs.example.got')}
            </th>
            <th scope="col">
              <span className="visually-hidden">{t('programs.example.equal')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ran.results.map((result) => (
            <ResultRow key={result.name} result={result} />
          ))}
        </tbody>
      </TableRegion>
    </>
  );
}

function ResultRow({ result }: { result: ExampleResult }) {
  const { t, maybe, locale } = useText();
  const say = (value: string | null) => {
    if (value === null) return t('na');
    return maybe(`programs.answer.${value}`, formatLaw(value, 'number', locale));
  };
  return (
    <tr>
      <td className="text">{result.label ?? maybe(`programs.result.${result.name}`, result.name)}</td>
      <td className="num">
        <samp>{say(result.expected)}</samp>
      </td>
      <td className="num">
        <samp>{say(result.got)}</samp>
      </td>
      <td>
        <span className={result.equal ? 'equal' : 'differs'}>
          <Icon name={result.equal ? 'check' : 'blocker'} size={13} />
          <span className="visually-hidden">
            {t(result.equal ? 'programs.example.equal' : 'programs.example.differs')}
          </span>
        </span>
      </td>
    </tr>
  );
}

type TriedProps = { view: ProgramView; on: string; start: Readonly<Record<string, string>> };

/** The program on values somebody types, computed as they are typed. */
function Tried({ view, on, start }: TriedProps) {
  const { t, language } = useText();
  const { entry } = view;
  const [typed, setTyped] = useState(start);
  const run = useQuery({
    queryKey: ['programs', 'run', entry.program, on, typed, language],
    queryFn: () => take(commands.runInputs({ program: entry.program, on, inputs: { ...typed }, language })),
    placeholderData: (before) => before,
    gcTime: 10_000,
  });
  return (
    <div className="tried">
      <TypedInputs
        questions={run.data?.inputs ?? view.inputs}
        currency={entry.currency}
        typed={typed}
        onType={setTyped}
      />
      <div className="stack">
        {run.error instanceof Refusal ? <Fault fault={run.error} /> : null}
        {run.data ? (
          <>
            <RunAnswer run={run.data} />
            <RunConditions conditions={run.data.conditions} />
            <RunLines run={run.data} />
          </>
        ) : (
          <Skeleton label={t('pages.loading')} rows={5} />
        )}
      </div>
    </div>
  );
}
