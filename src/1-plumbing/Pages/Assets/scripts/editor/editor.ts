import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { python } from '@codemirror/lang-python';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, linter } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { expressionLinter } from './expression-linter';
import { colours, frame } from './theme';

/**
 * Puts an editor over a text area. It lives in a shadow root, where its styles are adopted sheets:
 * in the page itself they would be inline styles, which the content security policy refuses.
 */
export function createEditor(host: HTMLElement, area: HTMLTextAreaElement, language: string, label: string, use?: string) {
  const root = host.attachShadow({ mode: 'open' });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(), foldGutter(), highlightSpecialChars(), history(), drawSelection(), indentOnInput(), bracketMatching(), highlightActiveLine(), highlightActiveLineGutter(),
        syntaxHighlighting(colours), frame, languageOf(language), use ? [linter(expressionLinter(area, use)), lintGutter()] : [], placeholder(area.placeholder), indentUnit.of(language === 'python' ? '    ' : '  '),
        // Tab indents; Escape before Tab leaves the editor, so that the keyboard is not trapped (WCAG 2.1.2).
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorState.readOnly.of(area.disabled),
        EditorView.contentAttributes.of({ 'aria-label': label, ...describedBy(area) }),
        EditorView.updateListener.of(update => {
          if (!update.docChanged)
            return;
          area.value = update.state.doc.toString();
          area.dispatchEvent(new Event('input', { bubbles: true }));
        }),
      ],
    }),
  });
  return { focus: () => view.focus(), destroy: () => view.destroy() };
}

function languageOf(name: string): Extension {
  switch (name) {
    case 'json': return [json(), linter(jsonParseLinter()), lintGutter()];
    case 'python': return python();
    default: return yaml();
  }
}

function describedBy(area: HTMLTextAreaElement): Record<string, string> {
  // Identifiers do not reach into a shadow root, so the texts come along.
  const texts: (string | undefined)[] = (area.getAttribute('aria-describedby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent?.trim());
  const attributes: Record<string, string> = { 'aria-description': [...texts, 'Escape, then Tab, leaves the editor.'].filter(Boolean).join(' ') };
  if (area.getAttribute('aria-invalid') === 'true')
    attributes['aria-invalid'] = 'true';
  return attributes;
}
