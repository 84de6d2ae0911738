import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor's frame in the page's own tokens, so that it follows light and dark. */
export const frame = EditorView.theme({
  '&': { background: 'var(--bg-forms)', color: 'var(--heading-color)', border: '1px solid var(--border-control)', borderRadius: 'var(--border-radius)', fontSize: '0.8125rem', overflow: 'hidden' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--font-monospace)', lineHeight: '1.25rem', minHeight: '9rem', maxHeight: '28rem' },
  '.cm-content, .cm-gutter': { minHeight: '9rem' },
  '.cm-content': { padding: '0.5rem 0', caretColor: 'var(--heading-color)' },
  '.cm-line': { padding: '0 0.75rem' },
  '.cm-cursor': { borderLeftColor: 'var(--heading-color)' },
  '.cm-gutters': { background: 'var(--bg-subtle)', color: 'var(--secondary)', border: '0', borderRight: '1px solid var(--border-color)' },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'transparent' },
  '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': { background: 'var(--hover-bg)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { background: 'light-dark(#d6e0ff, #33427a)' },
  '.cm-placeholder': { color: 'var(--secondary)' },
  '.cm-tooltip': { background: 'var(--bg-surface)', color: 'var(--body-color)', border: '1px solid var(--border-color)', borderRadius: '6px' },
  '.cm-foldPlaceholder': { background: 'var(--tone-neutral-bg)', color: 'var(--tone-neutral)', border: '0' },
});

/** Few colours, each readable on both grounds. */
export const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.attributeName], color: 'var(--tone-primary)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--tone-success)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--tone-warning)' },
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.typeName, tags.tagName], color: 'var(--tone-danger)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--tone-info)' },
  { tag: [tags.comment, tags.meta], color: 'var(--secondary)', fontStyle: 'italic' },
  { tag: tags.invalid, textDecoration: 'underline wavy var(--tone-danger)' },
]);
