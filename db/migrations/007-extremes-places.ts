import type { Migration } from './types.ts';

/**
 * Where in a chunk its extremes are, beside them in the index: a long series is thinned from the index alone, without reading its
 * numbers. NULL in chunks written before this version and never since: those are looked through.
 */
export const extremesPlaces: Migration = {
  version: 7,
  title: 'places of extremes',
  up: (database) =>
    database.exec(`
      ALTER TABLE series_chunks ADD COLUMN minimum_at INTEGER; -- the first iteration with it; NULL: not known, or no finite value
      ALTER TABLE series_chunks ADD COLUMN maximum_at INTEGER;
      DROP INDEX series_chunks_summary;
      CREATE INDEX series_chunks_summary ON series_chunks (series, first, last, count, minimum, maximum, non_finite, minimum_at, maximum_at);
    `),
};
