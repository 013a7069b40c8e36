/** A formula of the law, read as the engine reads it, so that it can be said in words. */
export type Formula =
  | { kind: 'number'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'flag'; yes: boolean }
  | { kind: 'name'; name: string }
  | { kind: 'not' | 'minus'; of: Formula }
  | { kind: 'binary'; sign: string; left: Formula; right: Formula }
  | { kind: 'call'; name: string; parts: readonly Formula[] };

type Token = { kind: 'number' | 'text' | 'name' | 'sign'; text: string };

const TOKEN = /\s*(?:(\d[\d._]*)|([A-Za-z_]\w*)|"([^"]*)"|(<=|>=|==|!=|[<>+\-*/(),]))/y;
const POWER: Record<string, number> = {
  or: 1,
  and: 2,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '==': 4,
  '!=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
};
/** The engine's bound: what it does not read is not said in words either. */
const DEEPEST = 40;

function tokens(text: string): Token[] | null {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const hit = TOKEN.exec(text);
    if (!hit) return null;
    const [, number, name, quoted, sign] = hit;
    if (number !== undefined) found.push({ kind: 'number', text: number.replace(/_/g, '') });
    else if (name !== undefined) found.push({ kind: 'name', text: name });
    else if (quoted !== undefined) found.push({ kind: 'text', text: quoted });
    else found.push({ kind: 'sign', text: sign ?? '' });
  }
  return found;
}

/** The tree of a formula; null where it is none. The engine says why, with the place. */
export function readFormula(text: string): Formula | null {
  const all = tokens(text);
  if (!all) return null;
  let next = 0;
  const take = (sign: string) => {
    const hit = all[next]?.kind === 'sign' && all[next]?.text === sign;
    if (hit) next += 1;
    return hit;
  };

  function expression(floor: number, depth: number): Formula | null {
    if (depth > DEEPEST) return null;
    let left = operand(depth);
    for (;;) {
      const token = all?.[next];
      const power = token && token.kind !== 'text' ? POWER[token.text] : undefined;
      if (!left || !token || power === undefined || power < floor) return left;
      next += 1;
      const right = expression(power + 1, depth + 1);
      left = right && { kind: 'binary', sign: token.text, left, right };
    }
  }

  function operand(depth: number): Formula | null {
    const token = all?.[next];
    if (!token) return null;
    next += 1;
    if (token.kind === 'number' || token.kind === 'text') return { kind: token.kind, text: token.text };
    if (token.text === '(') {
      const inner = expression(0, depth + 1);
      return take(')') ? inner : null;
    }
    if (token.text === '-' || token.text === 'not') {
      const of = expression(token.text === '-' ? 7 : 3, depth + 1);
      return of && { kind: token.text === '-' ? 'minus' : 'not', of };
    }
    if (token.kind === 'sign' || token.text in POWER) return null;
    if (token.text === 'true' || token.text === 'false') return { kind: 'flag', yes: token.text === 'true' };
    return take('(') ? call(token.text, depth) : { kind: 'name', name: token.text };
  }

  function call(name: string, depth: number): Formula | null {
    const parts: Formula[] = [];
    if (take(')')) return { kind: 'call', name, parts };
    for (;;) {
      const part = expression(0, depth + 1);
      if (!part) return null;
      parts.push(part);
      if (take(')')) return { kind: 'call', name, parts };
      if (!take(',')) return null;
    }
  }

  const read = expression(0, 0);
  return next === all.length ? read : null;
}

/** A piece of a formula said in words. */
export type Piece =
  | { kind: 'words'; text: string }
  | { kind: 'name'; name: string }
  | { kind: 'number'; text: string };

const SIGNS: Record<string, string> = {
  '*': '×',
  '/': '÷',
  '<=': '≤',
  '>=': '≥',
  '==': '=',
  '!=': '≠',
  '-': '−',
};

/** Words of the reader's language by key: `formula.min` and the like, with holes for the parts. */
export type FormulaWords = (key: string) => string;

/** A formula as pieces of a sentence, in the order they are read. */
export function inWords(formula: Formula, say: FormulaWords): Piece[] {
  return said(formula, say, 0);
}

const words = (text: string): Piece => ({ kind: 'words', text });

function power(formula: Formula): number {
  if (formula.kind === 'binary') return POWER[formula.sign] ?? 8;
  if (formula.kind === 'not') return 3;
  if (formula.kind === 'call' && ['given', 'refused', 'starts_with'].includes(formula.name)) return 4;
  if (formula.kind === 'call' && !['min', 'max', 'sum', 'round_money'].includes(formula.name)) return 0;
  return 8;
}

function said(formula: Formula, say: FormulaWords, floor: number): Piece[] {
  const inner = bare(formula, say);
  return power(formula) < floor ? [words('('), ...inner, words(')')] : inner;
}

function bare(formula: Formula, say: FormulaWords): Piece[] {
  switch (formula.kind) {
    case 'number':
      return [{ kind: 'number', text: formula.text }];
    case 'text':
      return [words(`“${formula.text}”`)];
    case 'flag':
      return [words(say(formula.yes ? 'formula.yes' : 'formula.no'))];
    case 'name':
      return [{ kind: 'name', name: formula.name }];
    case 'minus':
      return [words('−'), ...said(formula.of, say, 7)];
    case 'not':
      return filled(say('formula.not'), { a: said(formula.of, say, 4) });
    case 'binary': {
      const own = POWER[formula.sign] ?? 0;
      const sign = /^[a-z]/.test(formula.sign)
        ? say(`formula.${formula.sign}`)
        : (SIGNS[formula.sign] ?? formula.sign);
      return [...said(formula.left, say, own), words(` ${sign} `), ...said(formula.right, say, own + 1)];
    }
    case 'call':
      return called(formula.name, formula.parts, say);
  }
}

function called(name: string, parts: readonly Formula[], say: FormulaWords): Piece[] {
  const part = (at: number, floor = 1): Piece[] => {
    const one = parts[at];
    return one ? said(one, say, floor) : [];
  };
  const listed = (lines: Piece[][]) => lines.flatMap((line, at) => (at > 0 ? [words('; '), ...line] : line));
  const rows = (from: number, text: (last: boolean) => string): Piece[] => {
    const lines: Piece[][] = [];
    for (let at = from; at < parts.length; at += 2)
      lines.push(filled(text(at + 1 >= parts.length), { a: part(at), b: part(at + 1) }));
    return listed(lines);
  };
  const template = say(`formula.${name}`);
  if (name === 'round') {
    const mode = parts[2]?.kind === 'text' ? parts[2].text : '';
    return filled(template, { a: part(0), b: part(1), c: [words(say(`formula.round.${mode}`))] });
  }
  if (name === 'tiered')
    return filled(template, {
      a: part(0),
      list: rows(1, (last) => say(last ? 'formula.tier.last' : 'formula.tier')),
    });
  if (name === 'banded')
    return filled(template, {
      a: part(0),
      list: listed([
        filled(say('formula.band.first'), { a: part(1) }),
        ...(parts.length > 2 ? [rows(2, () => say('formula.band'))] : []),
      ]),
    });
  if (name === 'choose')
    return filled(template, {
      a: part(0),
      list: rows(1, (last) => say(last ? 'formula.choice.last' : 'formula.choice')),
    });
  const all = listed(parts.map((one) => said(one, say, 0)));
  return filled(template, { a: part(0), b: part(1), c: part(2), list: all });
}

/** A sentence with pieces in its holes. */
function filled(template: string, holes: Record<string, Piece[]>): Piece[] {
  return template
    .split(/(\{\w+\})/)
    .filter((text) => text !== '')
    .flatMap((text) => {
      const hole = /^\{(\w+)\}$/.exec(text)?.[1];
      return hole === undefined ? [words(text)] : (holes[hole] ?? []);
    });
}
