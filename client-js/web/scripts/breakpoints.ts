// Writes the named breakpoints out: browsers do not know `@media (--name)` yet.
import { breakpoints } from '../src/styles/breakpoints';

interface AtRule {
  params: string;
}

export const namedBreakpoints = {
  postcssPlugin: 'placette-breakpoints',
  AtRule: {
    media(rule: AtRule) {
      rule.params = rule.params.replace(/\(--([\w-]+)\)/g, (_, name: string) => {
        const query = breakpoints[name as keyof typeof breakpoints];
        if (!query) throw new Error(`no breakpoint is called ${name}`);
        return query;
      });
    },
  },
};
