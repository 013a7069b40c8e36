/** The closed words of the deal document that a project is described with, in the order they are offered. */
export const STATUSES = [
  'concept',
  'development',
  'packaged',
  'greenlit',
  'in_production',
  'post_production',
  'completed',
] as const;
export const PROJECT_TYPES = ['feature', 'short', 'series', 'limited_series', 'special'] as const;
export const TECHNIQUES = ['cgi', 'hand_drawn', 'stop_motion', 'real_time', 'hybrid'] as const;
export const AUDIENCES = ['preschool', 'kids', 'family', 'teen', 'adult'] as const;
/** Currencies offered first; any other ISO 4217 code can be typed. */
export const CURRENCIES = [
  'EUR',
  'USD',
  'GBP',
  'CAD',
  'AUD',
  'CHF',
  'CZK',
  'DKK',
  'HUF',
  'JPY',
  'KRW',
  'NOK',
  'NZD',
  'PLN',
  'SEK',
  'ZAR',
] as const;
export const PHASES = ['development', 'pre_production', 'production', 'post_production', 'delivery'] as const;
export const ACCOUNTS = [
  'development',
  'story_and_rights',
  'producers',
  'director',
  'voice_talent',
  'visual_development',
  'storyboard',
  'layout',
  'modelling_rigging',
  'animation',
  'backgrounds',
  'lighting_compositing',
  'facilities',
  'music',
  'sound',
  'picture_post',
  'production_office',
  'overhead',
  'insurance',
  'legal_audit',
  'other',
] as const;
export const INSTRUMENT_KINDS = [
  'equity',
  'producer_investment',
  'co_producer_contribution',
  'tax_shelter',
  'presale',
  'broadcaster_licence',
  'streamer_licence',
  'negative_pickup',
  'sales_agent_advance',
  'grant',
  'soft_loan',
  'senior_loan',
  'contract_loan',
  'credit_loan',
  'interim_facility',
  'gap_loan',
  'mezzanine',
  'bridge',
  'deferral',
  'in_kind',
] as const;
/** Kinds that are repaid with interest. */
export const LOANS: ReadonlySet<string> = new Set([
  'senior_loan',
  'contract_loan',
  'credit_loan',
  'interim_facility',
  'gap_loan',
  'mezzanine',
  'bridge',
  'soft_loan',
]);
export const INSTRUMENT_STATUSES = [
  'prospective',
  'negotiating',
  'term_sheet',
  'committed',
  'signed',
  'closed',
] as const;
/** How many steps setting up a project has. */
export const STEPS = 4;
