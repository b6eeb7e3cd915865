import { toFloat32 } from '../blobs.ts';
import type { Migration } from './types.ts';

/**
 * The energy that a replay entry's visit began with, beside its other numbers. It is the visit's first; but reading it there opens
 * the page of each entry's vectors, and a buffer's columns took eight times as long.
 */
export const energyBefore: Migration = {
  version: 6,
  title: 'energy before a visit',
  up: (database) => {
    database.exec('ALTER TABLE replay_entries ADD COLUMN energy_before REAL'); // NULL: NaN, or no visit
    database.function('first_number', { deterministic: true }, (start) => (start instanceof Uint8Array && start.byteLength === 4 ? toFloat32(start)[0]! : null));
    database.exec('UPDATE replay_entries SET energy_before = (SELECT first_number(substr(visit, 1, 4)) FROM replay_vectors WHERE entry = id)');
  },
};
