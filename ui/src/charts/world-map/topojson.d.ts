declare module 'topojson-client' {
  import type { FeatureCollection, Geometry } from 'geojson';

  /** An outline kept as arcs that neighbours share. */
  export type Topology = { type: 'Topology'; objects: Record<string, unknown>; arcs: number[][][] };

  /** One object of a topology as features with coordinates of their own. */
  export function feature(topology: Topology, object: unknown): FeatureCollection<Geometry>;
}
