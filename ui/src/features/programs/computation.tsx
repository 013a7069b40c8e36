import { useMemo, useState } from 'react';
import type { ProgramView } from '../../api/bindings.ts';
import { Badge } from '../../components/badge.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Clause, TableRegion } from '../../components/table-region.tsx';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { LawNumber } from './facts.tsx';
import { FormulaText, type Named } from './formula-text.tsx';

/** What every name of a form stands for; a number of the law is shown with its value. */
export function namesOf(view: ProgramView): Map<string, Named> {
  const named = new Map<string, Named>();
  for (const input of view.inputs) named.set(input.name, { label: input.label });
  for (const line of view.lines) named.set(line.id, { label: line.label });
  for (const number of view.numbers)
    named.set(number.id, {
      label: number.label,
      shown: (
        <>
          {`${number.label} `}
          <LawNumber program={view.entry.program} number={number} />
        </>
      ),
    });
  return named;
}

/** The numbers of the law, then the lines that rest on them, each with clause and source. */
export function Computation({ view }: { view: ProgramView }) {
  const { t } = useText();
  const [reading, setReading] = useState<'words' | 'written'>('words');
  const named = useMemo(() => namesOf(view), [view]);
  const numbers = new Set(view.numbers.map(({ id }) => id));
  const lines = view.lines.filter(({ id }) => !numbers.has(id));
  return (
    <div className="stack">
      {view.numbers.length > 0 ? <Numbers view={view} /> : null}
      <section>
        <div className="section-head">
          <h3>{t('programs.steps')}</h3>
          <Segmented
            label={t('programs.reading')}
            value={reading}
            options={[
              { value: 'words', label: t('programs.reading.words') },
              { value: 'written', label: t('programs.reading.written') },
            ]}
            onChange={setReading}
          />
        </div>
        <TableRegion label={t('programs.steps')}>
          <thead>
            <tr>
              <th scope="col">{t('programs.line')}</th>
              <th scope="col">{t('programs.formula')}</th>
              <th scope="col">{t('programs.clause')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id} className={line.id === view.credit ? 'line-credit' : ''}>
                <td className="text line-label">
                  {line.label}
                  {line.id === view.credit ? <Badge look="pass">{t('programs.credit')}</Badge> : null}
                  {view.fees.includes(line.id) ? <Badge look="outline">{t('programs.fee')}</Badge> : null}
                </td>
                <td>
                  <FormulaText formula={line.formula} named={named} asWritten={reading === 'written'} />
                </td>
                <td className="clause">
                  <Clause clause={line.clause} source={line.source} />
                </td>
              </tr>
            ))}
          </tbody>
        </TableRegion>
      </section>
      <Asked view={view} />
    </div>
  );
}

function Numbers({ view }: { view: ProgramView }) {
  const { t } = useText();
  const words = useWords();
  const unit = (of: string) => (of === 'money' ? view.entry.currency : '');
  return (
    <section>
      <h3>{t('programs.numbers')}</h3>
      <TableRegion label={t('programs.numbers')}>
        <thead>
          <tr>
            <th scope="col">{t('programs.number')}</th>
            <th scope="col" className="num">
              {t('programs.value')}
            </th>
            <th scope="col">{t('programs.unit')}</th>
            <th scope="col">{t('programs.clause')}</th>
            <th scope="col">{t('programs.filter.confidence')}</th>
          </tr>
        </thead>
        <tbody>
          {view.numbers.map((number) => (
            <tr key={number.id}>
              <td className="text">{number.label}</td>
              <td className="num">
                <LawNumber program={view.entry.program} number={number} />
              </td>
              <td className="sub">{unit(number.unit)}</td>
              <td className="clause">
                <Clause clause={number.clause} source={number.source} />
              </td>
              <td className="sub">{words.term('confidence', number.confidence)}</td>
            </tr>
          ))}
        </tbody>
      </TableRegion>
    </section>
  );
}

/** What the form asks for, and who answers it. */
function Asked({ view }: { view: ProgramView }) {
  const { t, maybe } = useText();
  if (view.inputs.length === 0) return null;
  const answers = (input: ProgramView['inputs'][number]) => {
    if (input.from_budget) return t('programs.asked.budget');
    return input.fed ? t('programs.asked.programs') : t('programs.asked.you');
  };
  return (
    <section>
      <h3>{t('programs.asked')}</h3>
      <TableRegion label={t('programs.asked')}>
        <thead>
          <tr>
            <th scope="col">{t('programs.input')}</th>
            <th scope="col">{t('programs.unit')}</th>
            <th scope="col">{t('programs.asked.by')}</th>
            <th scope="col">{t('programs.default')}</th>
          </tr>
        </thead>
        <tbody>
          {view.inputs.map((input) => (
            <tr key={input.name}>
              <td className="text">{input.label}</td>
              <td className="sub">
                {input.unit === 'money'
                  ? view.entry.currency
                  : maybe(`programs.unit.${input.unit}`, input.unit)}
              </td>
              <td className="sub">{answers(input)}</td>
              <td className="sub">
                {input.default === null ? t('programs.default.none') : <samp>{input.default}</samp>}
              </td>
            </tr>
          ))}
        </tbody>
      </TableRegion>
    </section>
  );
}
