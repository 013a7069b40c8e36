import type { AssessedProgram, QuestionDto, WeighedAnswer } from '../../api/bindings.ts';
import { Figure } from '../../components/figure.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Select } from '../../components/select.tsx';
import { formatProse } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { moneyOf, useWeighedAnswers } from './view.ts';

/** More questions than this are folded: the ones that decide the credit stay in sight. */
const IN_SIGHT = 3;

/** The answers only the producer can give; each shows what the other answer would leave before it is given. */
export function Answers({ program }: { program: AssessedProgram }) {
  const { t } = useText();
  const weighed = useWeighedAnswers(program.claim);
  const ordered = [...program.questions].sort((a, b) => Number(b.decides) - Number(a.decides));
  const row = (question: QuestionDto) => (
    <Answer
      key={question.name}
      question={question}
      others={weighed.filter((answer) => answer.question === question.name)}
    />
  );
  const folded = ordered.slice(IN_SIGHT);
  return (
    <div className="answers">
      <h3 className="program-place">{program.name}</h3>
      {ordered.slice(0, IN_SIGHT).map(row)}
      {folded.length > 0 ? (
        <details>
          <summary>{t('incentives.answers.more', { count: folded.length })}</summary>
          {folded.map(row)}
        </details>
      ) : null}
    </div>
  );
}

function Answer({ question, others }: { question: QuestionDto; others: readonly WeighedAnswer[] }) {
  const { t } = useText();
  const { edit } = useDeal();
  const open = { value: 'open', label: t('incentives.answers.open') };
  const value = question.answer ?? 'open';
  const mayBeOpen = question.typed || question.answer === null;
  const give = (answer: string) => {
    if (answer === value) return;
    if (answer === 'open') edit(question.path, null);
    else if (question.options.length > 0) edit(question.path, { text: answer });
    else edit(question.path, { flag: answer === 'true' });
  };
  if (question.options.length > 0) {
    const words = question.options.map((word) => ({ value: word, label: word.replace(/[-_]/g, ' ') }));
    return (
      <div className="answer" data-path={question.path} tabIndex={-1}>
        <Select
          label={question.label}
          value={value}
          options={mayBeOpen ? [...words, open] : words}
          onChange={give}
        />
      </div>
    );
  }
  const choices = [
    { value: 'true', label: t('incentives.answers.yes') },
    { value: 'false', label: t('incentives.answers.no') },
  ];
  return (
    <div className="answer" data-path={question.path} tabIndex={-1}>
      <p className="answer-label">{question.label}</p>
      <Segmented
        label={question.label}
        value={value}
        options={mayBeOpen ? [...choices, open] : choices}
        onChange={give}
      />
      <Effects others={others} />
    </div>
  );
}

/** Only answers that change something are worth a line. */
function Effects({ others }: { others: readonly WeighedAnswer[] }) {
  const { t, locale } = useText();
  const telling = others.filter((answer) => answer.effect === 'less' || answer.effect === 'more');
  if (others.length === 0) return null;
  if (telling.length === 0) return <p className="sub answer-effect">{t('incentives.answers.same')}</p>;
  return (
    <>
      {telling.map((answer) => {
        const net = moneyOf(answer.net);
        if (!net) return null;
        return (
          <p key={answer.answer} className={`sub answer-effect answer-${answer.effect}`}>
            {t(answer.answer === 'true' ? 'incentives.answers.yes_leaves' : 'incentives.answers.no_leaves')}{' '}
            <Figure address={answer.net.address}>{formatProse(net, locale)}</Figure>
          </p>
        );
      })}
    </>
  );
}
