import { useEffect, useRef, useState } from 'react';
import { commands, type ProgramRunDto, type TriedProgram } from '../../../api/bindings.ts';
import { Refusal, take } from '../../../api/errors.ts';

/** Long enough that a word is not tried letter by letter, short enough to be read as at once. */
const PAUSE_MS = 60;

export type Trial = {
  tried: TriedProgram | null;
  /** What it came to when it could last be computed. */
  last: ProgramRunDto | null;
  fault: Refusal | null;
  isBusy: boolean;
};

/**
 * The program as it stands, tried on the open deal or on typed values. What comes back for a text that has changed
 * meanwhile is dropped; what was computed before stays in sight until then.
 */
export function useTrial(
  text: string,
  deal: string | null,
  revision: number | null,
  inputs: Readonly<Record<string, string>>,
): Trial {
  const [trial, setTrial] = useState<Trial>({ tried: null, last: null, fault: null, isBusy: true });
  const asked = useRef(0);
  const given = JSON.stringify(inputs);
  useEffect(() => {
    const turn = ++asked.current;
    setTrial((before) => ({ ...before, isBusy: true }));
    const timer = setTimeout(() => {
      const told = (next: Pick<Trial, 'tried' | 'fault'>) => {
        if (asked.current !== turn) return;
        setTrial((before) => ({ ...next, last: next.tried?.run ?? before.last, isBusy: false }));
      };
      take(commands.tryProgram({ text, deal, inputs: JSON.parse(given) as Record<string, string> })).then(
        (tried) => told({ tried, fault: null }),
        (reason) =>
          told({
            tried: null,
            fault: reason instanceof Refusal ? reason : new Refusal('INTERNAL', String(reason)),
          }),
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, deal, revision, given]);
  return trial;
}
