import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { Draft } from './draft.ts';

/** Forms that were begun, by what they are for ("new", "fork-3"), so that a look at another page loses nothing. */
export const useDrafts = defineStore('drafts', () => {
  const drafts = shallowReactive(new Map<string, Draft>());
  return { drafts };
});
