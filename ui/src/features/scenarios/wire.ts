import type { FigureDto, QuantityDto } from '../../api/bindings.ts';

export type { FigureDto };

export type EvaluateScenarios = {
  deal: string;
  scenarios: string[];
  paths: number | null;
  seed: string | null;
};

export type ScenarioEvaluations = {
  revision: number;
  paths: number;
  seed: string;
  evaluations: ScenarioEvaluationDto[];
};

export type ScenarioEvaluationDto = {
  scenario: string;
  name: string;
  closes: boolean;
  measures: ScenarioMeasureDto[];
};

export type ScenarioMeasureDto = {
  measure: string;
  unit: string;
  higher_is_better: boolean;
  figure: FigureDto;
  error: QuantityDto | null;
};

export type CompareScenarios = {
  deal: string;
  scenarios: string[];
  perspective: string | null;
  weights: MeasureWeightDto[];
  paths: number | null;
  seed: string | null;
};

export type MeasureWeightDto = {
  measure: string;
  weight: number;
};

export type ScenarioComparison = {
  revision: number;
  perspective: string;
  weights: MeasureWeightDto[];
  rankings: RankedScenarioDto[];
  evaluations: ScenarioEvaluations;
};

export type RankedScenarioDto = {
  scenario: string;
  name: string;
  rank: number | null;
  score: FigureDto;
  percentile: number | null;
  marks: ScenarioMarkDto[];
  strengths: string[];
  weaknesses: string[];
  duels_won: number;
  duels_lost: number;
};

export type ScenarioMarkDto = {
  measure: string;
  weight: number;
  points: number | null;
};

export type ViewTradeOffs = {
  deal: string;
  scenarios: string[];
  objectives: string[][];
  paths: number | null;
  seed: string | null;
};

export type TradeOffsView = {
  revision: number;
  frontiers: TradeOffDto[];
  evaluations: ScenarioEvaluations;
};

export type TradeOffDto = {
  objectives: string[];
  points: TradeOffPointDto[];
  efficient: string[];
  knee: string | null;
  slopes: TradeOffSlopeDto[];
  left_out: string[];
};

export type TradeOffPointDto = {
  scenario: string;
  values: number[];
  efficient: boolean;
  beaten_by: string[];
};

export type TradeOffSlopeDto = {
  from: string;
  to: string;
  price: number;
};
