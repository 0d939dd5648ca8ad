// Modules that scripts/reference-data.ts makes.
declare module 'virtual:phone-metadata' {
  import type { MetadataJson } from 'libphonenumber-js/core';
  const metadata: MetadataJson;
  export default metadata;
}

declare module 'virtual:communes' {
  const lines: string;
  export default lines;
}
