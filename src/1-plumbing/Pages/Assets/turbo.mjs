import { readFileSync } from 'node:fs';

// Turbo writes the style of its progress bar into the page, which our content security policy refuses; console.css carries it instead.
const inlineStyle = 'document.head.insertBefore(this.stylesheetElement, document.head.firstChild);';

/** @type {import('esbuild').Plugin} */
export const turboWithoutInlineStyle = {
  name: 'turbo-without-inline-style',
  setup(build) {
    build.onLoad({ filter: /@hotwired[/\\]turbo[/\\]dist[/\\]turbo\.es2017-esm\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes(inlineStyle))
        return { errors: [{ text: 'Turbo no longer installs its progress bar style the known way: adjust build.mjs.' }] };
      return { contents: source.replace(inlineStyle, ''), loader: 'js' };
    });
  },
};
