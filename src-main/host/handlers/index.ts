import type { Context, Handlers } from '../context.ts';
import { appHandlers } from './app.ts';
import { engineHandlers } from './engines.ts';
import { liveHandlers } from './live.ts';
import { planHandlers } from './plan.ts';
import { reasonHandlers } from './reason.ts';
import { replayHandlers } from './replay.ts';
import { reproduceHandlers } from './reproduce.ts';
import { runHandlers } from './runs.ts';
import { seriesHandlers } from './series.ts';

/** Every request's handler. One that is missing does not compile. */
export const handlersFor = (context: Context): Handlers => ({
  ...appHandlers(context),
  ...engineHandlers(context),
  ...liveHandlers(context),
  ...planHandlers(context),
  ...reasonHandlers(context),
  ...replayHandlers(context),
  ...reproduceHandlers(context),
  ...runHandlers(context),
  ...seriesHandlers(context),
});
