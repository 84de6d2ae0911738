/** Asks the question of data-turbo-confirm in a dialog of ours; the form's own button does the rest. */
export function confirmByDialog(question: string, _form: HTMLFormElement, submitter?: HTMLElement): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'confirm-question');
  const page = document.createElement('form');
  page.method = 'dialog';
  page.className = 'modal-page';
  const body = document.createElement('div');
  body.className = 'modal-head';
  const title = document.createElement('h1');
  title.id = 'confirm-question';
  title.textContent = question;
  body.append(title);
  const foot = document.createElement('div');
  foot.className = 'modal-foot';
  foot.append(button('Cancel', 'no', 'btn'), button(submitter?.textContent?.trim() || 'Continue', 'yes', submitter?.matches('.btn-danger, .btn-danger-quiet') ? 'btn btn-danger' : 'btn btn-primary'));
  page.append(body, foot);
  dialog.append(page);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    resolve(dialog.returnValue === 'yes');
    dialog.remove();
  }));
}

function button(text: string, value: string, className: string): HTMLButtonElement {
  const element = document.createElement('button');
  element.value = value;
  element.className = className;
  element.textContent = text;
  return element;
}
