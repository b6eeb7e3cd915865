import { z } from 'zod';

// Zod tries `eval` while schemas are made, which the page's content policy forbids: told so before the first of them is.
z.config({ jitless: true });
