import type { z } from '../zod.ts';
import { appRequests } from './app.ts';
import { pushes } from './pushes.ts';
import type { RequestNames } from './request-names.ts';
import { replayRequests } from './replay.ts';
import { reproduceRequests } from './reproduce.ts';
import { runRequests } from './runs.ts';
import { seriesRequests } from './series.ts';

/** Everything a client may ask of a host: name → schemas of what goes in and what comes out. */
export const REQUESTS = { ...appRequests, ...runRequests, ...seriesRequests, ...replayRequests, ...reproduceRequests } as const;
/** Everything a host may tell a client: name → schema. */
export const PUSHES = pushes;

export type RequestName = keyof typeof REQUESTS;
/** As the caller writes it. */
export type Input<Name extends RequestName> = z.input<(typeof REQUESTS)[Name]['input']>;
/** As the handler gets it, after validation. */
export type Parsed<Name extends RequestName> = z.output<(typeof REQUESTS)[Name]['input']>;
export type Output<Name extends RequestName> = z.output<(typeof REQUESTS)[Name]['output']>;
export type PushName = keyof typeof PUSHES;
export type Payload<Name extends PushName> = z.output<(typeof PUSHES)[Name]>;

// A name in one list and not in the other does not compile.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
true satisfies Same<RequestName, RequestNames>;
