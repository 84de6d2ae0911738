import type { Diagnostic } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';

type Finding = { severity: 'error' | 'warning'; message: string; line: number; column: number };

/** Lets the server look through an expression while it is written; nothing runs. */
export function expressionLinter(area: HTMLTextAreaElement, use: string) {
  return async (view: EditorView): Promise<Diagnostic[]> => {
    const token = area.form?.querySelector<HTMLInputElement>('input[type=hidden][name=csrf]')?.value;
    const answer = await fetch('/api/v3/policies/expression/check/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-authentik-CSRF': token ?? '' },
      body: JSON.stringify({ expression: view.state.doc.toString(), use }),
    }).catch(() => undefined);
    // Without an answer there is nothing to show; saving checks again.
    if (!answer?.ok)
      return [];
    const { findings } = await answer.json() as { findings: Finding[] };
    return findings.map(finding => mark(view, finding));
  };
}

/** From the place of a finding to the end of its word. */
function mark(view: EditorView, finding: Finding): Diagnostic {
  const line = view.state.doc.line(Math.min(Math.max(finding.line, 1), view.state.doc.lines));
  const from = Math.min(line.from + finding.column - 1, line.to);
  const word = /^\w+/.exec(line.text.slice(from - line.from))?.[0].length ?? 1;
  return { from, to: Math.min(from + word, line.to), severity: finding.severity, message: finding.message };
}
