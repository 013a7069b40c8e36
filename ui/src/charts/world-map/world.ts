import type { Feature, Geometry } from 'geojson';
import { feature, type Topology } from 'topojson-client';
import atlas from 'world-atlas/countries-110m.json';
import { codeOf } from './places.ts';

/** A country's outline; those that no program names have no code. */
export type Region = { code: string | null; shape: Feature<Geometry> };

const ANTARCTICA = '010';

/** The countries of the world in 1:110,000,000 from the atlas that comes with the product. */
export function worldRegions(): Region[] {
  const topology = atlas as unknown as Topology;
  const { features } = feature(topology, topology.objects.countries);
  return features
    .filter(({ id }) => id !== ANTARCTICA)
    .map((shape) => ({ code: codeOf(String(shape.id ?? '')), shape }));
}
