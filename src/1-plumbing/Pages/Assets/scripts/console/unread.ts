/** The drawer tells how many notifications are unread; the bell of the page behind it follows. */
export function followUnread(): void {
  document.addEventListener('turbo:frame-load', event => {
    const unread = (event.target as Element).querySelector<HTMLElement>('[data-unread]')?.dataset['unread'];
    const bell = document.querySelector<HTMLElement>('.bell');
    if (unread === undefined || !bell)
      return;
    bell.setAttribute('aria-label', unread === '0' ? 'Notifications' : `Notifications, ${unread} unread`);
    const count = bell.querySelector('.bell-count');
    if (unread === '0')
      count?.remove();
    else if (count)
      count.textContent = Number(unread) > 99 ? '99+' : unread;
  });
}
