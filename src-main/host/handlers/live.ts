import type { Context, Handlers } from '../context.ts';

export const liveHandlers = ({ fanout, load, sessions }: Context): Handlers<'live.follow'> => ({
  'live.follow': ({ runs }, session) => {
    session.follow(runs);
    fanout.update();
    load.wanted = [...sessions].some(({ followed }) => followed.size > 0);
    return {};
  },
});
