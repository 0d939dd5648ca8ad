// The ids of what this page holds: with them it goes on after a reload.
import { kept, strings } from '../app/kept';

const holds = kept('sessionStorage', 'placette.holds', strings);

export const remembered = {
  ids: () => holds.get() ?? [],

  keep(ids: readonly string[]): void {
    if (ids.length > 0) holds.keep([...ids]);
    else holds.forget();
  },

  forget: () => holds.forget(),
};
