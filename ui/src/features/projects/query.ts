import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { commands, type ListProjects, type ProjectList, type ProjectOrder } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';

/** What narrows and orders the list; an empty text stands for all. */
export type Asked = {
  search: string;
  status: string;
  currency: string;
  type: string;
  technique: string;
  budget: string;
  place: string;
  bin: boolean;
  sort: ProjectOrder;
  descending: boolean;
  page: number;
};

export const ALL_PROJECTS: Asked = {
  search: '',
  status: '',
  currency: '',
  type: '',
  technique: '',
  budget: '',
  place: '',
  bin: false,
  sort: 'updated',
  descending: true,
  page: 1,
};

/** Budgets as a market speaks of them, in whole units of each project's own currency. */
export const BUDGETS: Record<string, { from: number | null; below: number | null }> = {
  small: { from: null, below: 1_000_000 },
  low: { from: 1_000_000, below: 5_000_000 },
  middle: { from: 5_000_000, below: 15_000_000 },
  high: { from: 15_000_000, below: null },
};

export function isNarrowed(asked: Asked): boolean {
  const filters = [asked.status, asked.currency, asked.type, asked.technique, asked.budget, asked.place];
  return asked.search.trim() !== '' || filters.some((one) => one !== '');
}

export function requestOf(asked: Asked): ListProjects {
  const { from, below } = BUDGETS[asked.budget] ?? { from: null, below: null };
  return {
    search: asked.search.trim(),
    status: asked.status || null,
    currency: asked.currency || null,
    project_type: asked.type || null,
    technique: asked.technique || null,
    budget_from: from,
    budget_below: below,
    jurisdiction: asked.place || null,
    bin: asked.bin,
    sort: asked.sort,
    descending: asked.descending,
    page: asked.page,
  };
}

/** The value as it was once it has rested: a search runs as one types, not at every stroke. */
export function useRested<T>(value: T, milliseconds: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return rested;
}

type Found = {
  list: ProjectList | undefined;
  isPending: boolean;
  fault: Refusal | null;
  retry: () => void;
};

export function useProjects(asked: Asked): Found {
  const search = useRested(asked.search, 180);
  const request = requestOf({ ...asked, search });
  const query = useQuery({
    queryKey: ['projects', request],
    queryFn: () => take(commands.listProjects(request)),
    // While a narrower list is read the wider one stands; the list never stands in for the bin.
    placeholderData: (before, query) =>
      (query?.queryKey[1] as ListProjects | undefined)?.bin === request.bin ? before : undefined,
  });
  return {
    list: query.data,
    isPending: query.isPending,
    fault: query.error instanceof Refusal ? query.error : null,
    retry: () => void query.refetch(),
  };
}
