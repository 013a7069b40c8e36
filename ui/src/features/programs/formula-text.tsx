import { Fragment, type ReactNode, useMemo } from 'react';
import { useText } from '../../i18n/index.tsx';
import { inWords, type Piece, readFormula } from './formula.ts';
import { formatLaw } from './law.ts';

/** What a name in a formula stands for: its words, and what is shown in its place. */
export type Named = { label: string; shown?: ReactNode };

type Props = { formula: string; named: ReadonlyMap<string, Named>; asWritten?: boolean };

/** A formula in a reader's words; as it is written where it cannot be read, or where that is asked. */
export function FormulaText({ formula, named, asWritten = false }: Props) {
  const { maybe, locale } = useText();
  const pieces = useMemo(() => {
    const read = asWritten ? null : readFormula(formula);
    return read && inWords(read, (key) => maybe(key, key.replace('formula.', '')));
  }, [formula, asWritten, maybe]);
  if (!pieces) return <code className="mono formula">{formula}</code>;
  return (
    <span className="formula-words">
      {pieces.map((piece, at) => (
        <Fragment key={at}>{drawn(piece, named, locale)}</Fragment>
      ))}
    </span>
  );
}

function drawn(piece: Piece, named: ReadonlyMap<string, Named>, locale: string): ReactNode {
  if (piece.kind === 'words') return piece.text;
  if (piece.kind === 'number') return <samp>{formatLaw(piece.text, 'number', locale)}</samp>;
  const known = named.get(piece.name);
  return (
    <span className="formula-name" title={piece.name}>
      {known?.shown ?? known?.label ?? piece.name}
    </span>
  );
}
