// The console's script: Turbo for fluid navigation, and small elements that improve what works without them.
import * as Turbo from '@hotwired/turbo';
import { CodeEditor } from './elements/code-editor';
import { CommandPalette } from './elements/command-palette';
import { confirmByDialog } from './elements/confirm-dialog';
import { CopyButton } from './elements/copy-button';
import { DropMenu } from './elements/drop-menu';
import { DualList } from './elements/dual-list';
import { LivePreview } from './elements/live-preview';
import { LocalDateTime } from './elements/local-datetime';
import { ModalDialog } from './elements/modal-dialog';
import { PageRefresh } from './elements/page-refresh';
import { QueryBox } from './elements/query-box';
import { RelativeTime } from './elements/relative-time';
import { RowExpander } from './elements/row-expander';
import { SelectRows } from './elements/select-rows';
import { StageOrder } from './elements/stage-order';
import { ThemeToggle } from './elements/theme-toggle';
import { ToastStack } from './elements/toast-stack';
import { revealPasswords } from './shared/reveal-password';
import { showCurrentTab } from './console/current-tab';
import { focusOnLoad } from './console/focus';
import { shortcuts } from './console/shortcuts';
import { followUnread } from './console/unread';
import { warnUnsaved } from './console/unsaved-changes';

Turbo.config.drive.progressBarDelay = 250;
Turbo.config.forms.confirm = confirmByDialog;

customElements.define('code-editor', CodeEditor);
customElements.define('command-palette', CommandPalette);
customElements.define('copy-button', CopyButton);
customElements.define('drop-menu', DropMenu);
customElements.define('dual-list', DualList);
customElements.define('live-preview', LivePreview);
customElements.define('local-datetime', LocalDateTime);
customElements.define('modal-dialog', ModalDialog);
customElements.define('page-refresh', PageRefresh);
customElements.define('query-box', QueryBox);
customElements.define('relative-time', RelativeTime);
customElements.define('row-expander', RowExpander);
customElements.define('select-rows', SelectRows);
customElements.define('stage-order', StageOrder);
customElements.define('theme-toggle', ThemeToggle);
customElements.define('toast-stack', ToastStack);

shortcuts();
followUnread();
warnUnsaved();
for (const event of ['turbo:load', 'turbo:frame-load', 'turbo:render'])
  document.addEventListener(event, () => revealPasswords(document));
focusOnLoad();
showCurrentTab();
